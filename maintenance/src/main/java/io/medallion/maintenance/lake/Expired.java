package io.medallion.maintenance.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.Snapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code medallion expire} has removed from a table because it was old. The table says it
 * itself, in properties that came with the commits: they are in every version since, however much
 * of the log was cleaned up.
 *
 * <p>A row that is not there is accounted for if this says that it may have been removed; rows that
 * are there (late ones of an old day, or all of them after a rollback) are like others.
 *
 * @param before in silver and late, rows of days of event time that ended by then; in bronze and
 *     quarantine, of days of arrival; in gold, rows of windows that ended by then. {@link
 *     Instant#MIN} if nothing was removed
 * @param offsets in bronze and quarantine, of each partition that had removed rows, the offset
 *     after the last of them
 */
public record Expired(Instant before, Map<Partition, Long> offsets) {

  /** Nothing was removed. */
  public static final Expired NOTHING = new Expired(Instant.MIN, Map.of());

  private static final String BEFORE = "medallion.expired.before";
  private static final String OFFSETS = "medallion.expired.offsets";
  private static final JsonMapper JSON = new JsonMapper();

  public Expired {
    offsets = Map.copyOf(offsets);
  }

  /** What a version of a table says. */
  public static Expired of(Snapshot table) {
    Map<String, String> properties = table.getTableProperties();
    String before = properties.get(BEFORE);
    return before == null
        ? NOTHING
        : new Expired(Instant.parse(before), parse(properties.getOrDefault(OFFSETS, "{}")));
  }

  private static Map<Partition, Long> parse(String text) {
    Map<Partition, Long> offsets = new HashMap<>();
    try {
      for (Map.Entry<String, JsonNode> hub : JSON.readTree(text).properties()) {
        for (Map.Entry<String, JsonNode> partition : hub.getValue().properties()) {
          offsets.put(
              new Partition(hub.getKey(), Integer.parseInt(partition.getKey())),
              partition.getValue().longValue());
        }
      }
      return offsets;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The property " + OFFSETS + " is not JSON: " + text, e);
    }
  }

  /** As the table's properties have it: {@code {"EVENT HUB":{"PARTITION":OFFSET}}}. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new HashMap<>(Map.of(BEFORE, before.toString()));
    if (!offsets.isEmpty()) {
      ObjectNode hubs = JSON.createObjectNode();
      new TreeMap<>(offsets)
          .forEach(
              (partition, offset) ->
                  hubs.withObjectProperty(partition.eventHub())
                      .put(Integer.toString(partition.number()), offset));
      properties.put(OFFSETS, hubs.toString());
    }
    return properties;
  }

  /** What was removed by this and by something later. */
  public Expired and(Instant laterBefore, Map<Partition, Long> laterOffsets) {
    Map<Partition, Long> all = new HashMap<>(offsets);
    laterOffsets.forEach((partition, offset) -> all.merge(partition, offset, Math::max));
    return new Expired(before.isAfter(laterBefore) ? before : laterBefore, all);
  }

  /** Whether anything was removed. */
  public boolean isAnything() {
    return !equals(NOTHING);
  }

  /** Whether the row of an offset may have been removed. */
  public boolean mayHaveHad(Partition partition, long offset) {
    return offset < offsets.getOrDefault(partition, Long.MIN_VALUE);
  }

  /** Whether the row of a time, microseconds since 1970, may have been removed. */
  public boolean mayHaveHad(long micros) {
    return micros < micros();
  }

  /** {@link #before} in microseconds since 1970; the least number if nothing was removed. */
  public long micros() {
    return isAnything() ? Math.multiplyExact(before.toEpochMilli(), 1000L) : Long.MIN_VALUE;
  }
}
