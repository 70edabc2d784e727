package io.medallion.maintenance.redrive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a redrive did, as text for people and as JSON for scripts. */
final class RedriveReport {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROW = "%-24s %12s %12s %12s %12s %12s %12s%n";

  /** By the reason of old. */
  private final Map<String, Map<Outcome, Long>> outcomes = new TreeMap<>();

  private OptionalLong silverVersion = OptionalLong.empty();
  private OptionalLong lateVersion = OptionalLong.empty();

  void count(String reason, Outcome outcome) {
    outcomes
        .computeIfAbsent(reason, r -> new EnumMap<>(Outcome.class))
        .merge(outcome, 1L, Long::sum);
  }

  /** The versions that the tables have got; empty where there was nothing to add. */
  RedriveReport committed(OptionalLong silver, OptionalLong late) {
    silverVersion = silver;
    lateVersion = late;
    return this;
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    silverVersion.ifPresent(version -> root.put("silverVersion", version));
    lateVersion.ifPresent(version -> root.put("lateVersion", version));
    ObjectNode reasons = root.putObject("reasons");
    outcomes.forEach((reason, counts) -> put(reasons.putObject(reason), counts));
    put(root.putObject("all"), all());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ObjectNode node, Map<Outcome, Long> counts) {
    for (Outcome outcome : Outcome.values()) {
      node.put(outcome.name().toLowerCase(Locale.ROOT), counts.getOrDefault(outcome, 0L));
    }
  }

  /**
   * @param tried whether nothing was to be written
   */
  String toText(boolean tried) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROW,
            "quarantined for",
            "events",
            tried ? "to be added" : "added",
            "there before",
            "repeated",
            "expired",
            "still bad"));
    outcomes.forEach((reason, counts) -> text.append(row(reason, counts)));
    text.append(row("all", all()));
    if (tried) {
      text.append("Nothing was written: this was a --dry-run.");
    } else if (silverVersion.isEmpty() && lateVersion.isEmpty()) {
      text.append("There was nothing to add.");
    } else {
      silverVersion.ifPresent(v -> text.append("Added to silver as version %d. ".formatted(v)));
      lateVersion.ifPresent(
          v ->
              text.append(
                  "Added to late as version %d: gold does not count these events.".formatted(v)));
    }
    return text.toString();
  }

  private Map<Outcome, Long> all() {
    Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
    outcomes
        .values()
        .forEach(counts -> counts.forEach((outcome, n) -> all.merge(outcome, n, Long::sum)));
    return all;
  }

  private static String row(String name, Map<Outcome, Long> counts) {
    long events = counts.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        ROW,
        name,
        number(events),
        number(counts.getOrDefault(Outcome.ADDED, 0L)),
        number(counts.getOrDefault(Outcome.PRESENT, 0L)),
        number(counts.getOrDefault(Outcome.REPEATED, 0L)),
        number(counts.getOrDefault(Outcome.EXPIRED, 0L)),
        number(counts.getOrDefault(Outcome.REJECTED, 0L)));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
