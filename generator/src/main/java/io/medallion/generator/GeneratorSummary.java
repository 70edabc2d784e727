package io.medallion.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.generator.event.InvalidKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a run sent, exactly: the counts per kind are of events that the broker acknowledged, and add
 * up to {@code acknowledged}.
 *
 * @param sent handed to the producer
 * @param acknowledged confirmed by the broker
 * @param failed not confirmed; such an event may be in the topic all the same
 * @param failure the first failure
 * @param onTime valid and on time, without duplicates
 * @param late valid, but of a window that has closed
 * @param duplicate repetitions of on-time events
 * @param future events ten years ahead
 * @param invalid broken events by the way they are broken; has every kind
 * @param firstEventTime of the first on-time event; empty if events tell none
 * @param lastEventTime of the last on-time event; empty if events tell none
 * @param startTime with the same options and this start time, a run sends the same events
 * @param seed that everything random derived from
 * @param elapsed from the first event to the last acknowledgement
 */
public record GeneratorSummary(
    long sent,
    long acknowledged,
    long failed,
    Optional<String> failure,
    long onTime,
    long late,
    long duplicate,
    long future,
    Map<InvalidKind, Long> invalid,
    Optional<Instant> firstEventTime,
    Optional<Instant> lastEventTime,
    Instant startTime,
    long seed,
    Duration elapsed) {

  public GeneratorSummary {
    invalid = Map.copyOf(invalid);
  }

  /** Whether everything that was sent was acknowledged. */
  public boolean succeeded() {
    return failure.isEmpty() && acknowledged == sent;
  }

  /** Broken events of all kinds. */
  public long invalidTotal() {
    return invalid.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Length of the run in seconds. */
  public double seconds() {
    return elapsed.toMillis() / 1000.0;
  }

  /** Acknowledged events per second. */
  public double eventsPerSecond() {
    return seconds() == 0 ? 0 : acknowledged / seconds();
  }

  /** The summary as a JSON object; counts are numbers, times ISO-8601 or null. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sent", sent);
    json.put("acknowledged", acknowledged);
    json.put("failed", failed);
    json.put("failure", failure.orElse(null));
    json.put("onTime", onTime);
    json.put("late", late);
    json.put("duplicate", duplicate);
    json.put("future", future);
    json.put("invalid", invalidTotal());
    ObjectNode kinds = json.putObject("invalidByKind");
    for (InvalidKind kind : InvalidKind.values()) {
      kinds.put(kind.name(), invalid.get(kind));
    }
    json.put("firstEventTime", firstEventTime.map(Instant::toString).orElse(null));
    json.put("lastEventTime", lastEventTime.map(Instant::toString).orElse(null));
    json.put("startTime", startTime.toString());
    json.put("seed", seed);
    json.put("seconds", seconds());
    json.put("eventsPerSecond", Math.round(eventsPerSecond()));
    return json;
  }

  /** The summary for a person, several lines without a line end. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Sent %,d events, %,d acknowledged, %,d failed, in %.1f s (%,.0f events/s)"
            .formatted(sent, acknowledged, failed, seconds(), eventsPerSecond()));
    failure.ifPresent(problem -> text.append("\n  first failure: ").append(problem));
    line(text, "on time", onTime);
    line(text, "late", late);
    line(text, "duplicate", duplicate);
    line(text, "future", future);
    line(text, "invalid", invalidTotal());
    for (InvalidKind kind : InvalidKind.values()) {
      if (invalid.get(kind) > 0) {
        line(text, "  " + kind, invalid.get(kind));
      }
    }
    firstEventTime.ifPresent(
        first -> text.append("\n  event time from %s to %s".formatted(first, lastEventTime.get())));
    text.append("\n  to repeat it: --seed %d --start-time %s".formatted(seed, startTime));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long count) {
    text.append("\n  %-24s %,15d".formatted(name, count));
  }
}
