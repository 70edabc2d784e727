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
 * @param undone the epochs whose last commits a rollback took out of the table
 */
record SinkCommits(Map<String, Long> committed, Map<String, Undone> undone) {

  private static final String UNDONE_PROPERTY = "undone";

  /**
   * What a rollback took of an epoch.
   *
   * @param stayed the last checkpoint that stayed in the table; 0 if none did
   * @param taken the first one after it that was committed, and taken out
   */
  record Undone(long stayed, long taken) {

    /** If it is not known which commits there were. */
    static Undone after(long stayed) {
      return new Undone(stayed, stayed + 1);
    }

    /** Reads {@link #toString}. */
    static Undone parse(String text) {
      String[] checkpoints = text.split("-", -1);
      return new Undone(Long.parseLong(checkpoints[0]), Long.parseLong(checkpoints[1]));
    }

    @Override
    public String toString() {
      return stayed + "-" + taken;
    }
  }

  SinkCommits {
    committed = Collections.unmodifiableMap(new LinkedHashMap<>(committed));
    undone = Collections.unmodifiableMap(new LinkedHashMap<>(undone));
  }

  /** Nothing was committed. */
  static SinkCommits none() {
    return new SinkCommits(Map.of(), Map.of());
  }

  /**
   * Reads what was undone from a table's properties. Without the property, which older releases did
   * not write, the owner's past tells: what it does not include is not in the table.
   */
  static SinkCommits of(
      Map<String, Long> committed, String sinkName, Map<String, String> properties, Lineage owner) {
    String text = properties.get(Lineage.key(sinkName, UNDONE_PROPERTY));
    return new SinkCommits(
        committed,
        text == null ? notIncludedIn(owner, committed) : Lineage.byEpoch(text, Undone::parse));
  }

  private static Map<String, Undone> notIncludedIn(Lineage owner, Map<String, Long> committed) {
    Map<String, Undone> undone = new LinkedHashMap<>();
    committed.forEach(
        (epoch, checkpointId) -> {
          if (!owner.includes(epoch, checkpointId)) {
            undone.put(epoch, Undone.after(owner.leftAt(epoch).orElse(0)));
          }
        });
    return undone;
  }

  /**
   * As after a rollback.
   *
   * @param then of the version that the table is put back to
   * @param firstAfter of each epoch with commits after that version, the first one
   */
  SinkCommits rolledBackTo(SinkCommits then, Map<String, Long> firstAfter) {
    Map<String, Undone> all = new LinkedHashMap<>(then.undone);
    firstAfter.forEach(
        (epoch, first) ->
            all.merge(
                epoch,
                new Undone(then.inTable(epoch), first),
                (earlier, later) ->
                    new Undone(earlier.stayed, Math.min(earlier.taken, later.taken))));
    return new SinkCommits(committed, all);
  }

  /** As if what a run knows of some epochs, and was undone, were in the table. */
  SinkCommits accepted(Set<String> lost, Lineage lineage, long checkpointId) {
    Map<String, Undone> accepted = new LinkedHashMap<>(undone);
    for (String epoch : lost) {
      long known = lineage.knownUpTo(epoch, checkpointId);
      if (known < committed(epoch)) {
        accepted.put(epoch, Undone.after(known));
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
    Undone gone = undone.get(epoch);
    return gone == null ? committed(epoch) : gone.stayed;
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
            undone.containsKey(epoch)
                && undone.get(epoch).taken <= lineage.knownUpTo(epoch, checkpointId));
  }

  private Set<String> select(Predicate<String> epochs) {
    return committed.keySet().stream()
        .filter(epochs)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The table property that says what was undone: {@code epoch@stayed-taken,…}. */
  Map<String, String> toProperties(String sinkName) {
    return Map.of(Lineage.key(sinkName, UNDONE_PROPERTY), Lineage.text(undone));
  }
}
