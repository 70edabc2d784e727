package io.medallion.delta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a sink has committed to its table, by epoch, and how much of it is still there.
 *
 * @param committed the last checkpoint of each epoch that the log has a {@code txn} of; a rollback
 *     does not take these back
 * @param undone of each epoch whose last commits a rollback took out of the table, the last
 *     checkpoint that stayed; 0 if nothing did
 */
record SinkCommits(Map<String, Long> committed, Map<String, Long> undone) {

  private static final String UNDONE_PROPERTY = "undone";

  SinkCommits {
    committed = Collections.unmodifiableMap(new LinkedHashMap<>(committed));
    undone = Collections.unmodifiableMap(new LinkedHashMap<>(undone));
  }

  /**
   * Reads what was undone from a table's properties. Without the property, which older releases did
   * not write, the owner's past tells: what it does not include is not in the table.
   */
  static SinkCommits of(
      Map<String, Long> committed, String sinkName, Map<String, String> properties, Lineage owner) {
    String undone = properties.get(Lineage.key(sinkName, UNDONE_PROPERTY));
    return new SinkCommits(
        committed, undone == null ? notIncludedIn(owner, committed) : Lineage.checkpoints(undone));
  }

  private static Map<String, Long> notIncludedIn(Lineage lineage, Map<String, Long> committed) {
    Map<String, Long> undone = new LinkedHashMap<>();
    committed.forEach(
        (epoch, checkpointId) -> {
          if (!lineage.includes(epoch, checkpointId)) {
            undone.put(epoch, lineage.leftAt(epoch).orElse(0));
          }
        });
    return undone;
  }

  /** As after a rollback to the past of a run. */
  SinkCommits rolledBackTo(Lineage lineage) {
    return new SinkCommits(committed, notIncludedIn(lineage, committed));
  }

  /** As if what a run knows of some epochs, and was undone, were in the table. */
  SinkCommits accepted(Set<String> lost, Lineage lineage, long checkpointId) {
    Map<String, Long> accepted = new LinkedHashMap<>(undone);
    for (String epoch : lost) {
      long known = lineage.knownUpTo(epoch, checkpointId);
      if (known < committed(epoch)) {
        accepted.put(epoch, known);
      } else {
        accepted.remove(epoch);
      }
    }
    return new SinkCommits(committed, accepted);
  }

  /** Epochs with commits. */
  Set<String> epochs() {
    return committed.keySet();
  }

  boolean has(String epoch) {
    return committed.containsKey(epoch);
  }

  /** The last checkpoint that an epoch has committed; 0 if none. */
  long committed(String epoch) {
    return committed.getOrDefault(epoch, 0L);
  }

  /** The last checkpoint of an epoch whose rows are in the table; 0 if none are. */
  long inTable(String epoch) {
    return Math.min(committed(epoch), undone.getOrDefault(epoch, Long.MAX_VALUE));
  }

  /** Whether the table has what a run knows, and nothing else; but for commits that are pending. */
  boolean areKnownTo(Lineage lineage, long checkpointId) {
    return unknownTo(lineage, checkpointId).isEmpty() && lostTo(lineage, checkpointId).isEmpty();
  }

  /** Epochs of which the table has commits that are after those that a run knows. */
  Set<String> unknownTo(Lineage lineage, long checkpointId) {
    return select(epoch -> inTable(epoch) > lineage.knownUpTo(epoch, checkpointId));
  }

  /** Epochs of which a run knows commits that were undone. */
  Set<String> lostTo(Lineage lineage, long checkpointId) {
    return select(
        epoch ->
            inTable(epoch) < Math.min(committed(epoch), lineage.knownUpTo(epoch, checkpointId)));
  }

  private Set<String> select(Predicate<String> epochs) {
    return committed.keySet().stream()
        .filter(epochs)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The table property that says what was undone. */
  Map<String, String> toProperties(String sinkName) {
    return Map.of(Lineage.key(sinkName, UNDONE_PROPERTY), Lineage.text(undone));
  }
}
