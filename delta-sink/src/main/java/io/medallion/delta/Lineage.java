package io.medallion.delta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run of the job and the runs it goes back to.
 *
 * <p>An epoch is one submission of a job; it is random and never Flink's job id, which survives
 * some restarts and not others. Within an epoch, commits are numbered by Flink's checkpoint ids,
 * which only grow. A run restored from checkpoint {@code n} of epoch {@code A} continues {@code A}
 * up to and including {@code n}; whatever {@code A} commits after that is not part of this run's
 * past.
 *
 * <p>A lineage is kept in the job's state, in every committable, and, that of the table's owner, in
 * the table's properties. Comparing them tells whether a commit is due, done or out of turn.
 *
 * @param tableId the Delta table's id ("Change Metadata" in the protocol): a table dropped and
 *     created anew at the same path is another table
 * @param epoch this run
 * @param past the runs before it, oldest first, each with the last checkpoint taken over from it
 */
record Lineage(String tableId, String epoch, Map<String, Long> past) {

  /** So many runs in a row are remembered even if nothing of them is in the table. */
  static final int REMEMBERED_WITHOUT_COMMITS = 32;

  private static final String EPOCH_PROPERTY = "epoch";
  private static final String PAST_PROPERTY = "past";

  Lineage {
    past = new LinkedHashMap<>(past);
  }

  static Lineage startingAt(String tableId, String epoch) {
    return new Lineage(tableId, epoch, Map.of());
  }

  /**
   * The lineage of a run that takes over from this one after the given checkpoint.
   *
   * @param hasCommits whether the table has a commit of an epoch: such a one is never forgotten,
   *     however long ago, because it may be the last that wrote. Nor is the first one, which shows
   *     of two runs that one goes back to the other. Others are, in the end.
   */
  Lineage continuedBy(String newEpoch, long checkpointId, Predicate<String> hasCommits) {
    Map<String, Long> all = new LinkedHashMap<>(past);
    all.put(epoch, checkpointId);
    Map<String, Long> newPast = new LinkedHashMap<>();
    int older = all.size() - REMEMBERED_WITHOUT_COMMITS;
    for (Map.Entry<String, Long> run : all.entrySet()) {
      boolean isOld = older-- > 0;
      if (!isOld || newPast.isEmpty() || hasCommits.test(run.getKey())) {
        newPast.put(run.getKey(), run.getValue());
      }
    }
    return new Lineage(tableId, newEpoch, newPast);
  }

  /** Whether a run is this one or one that it goes back to. */
  boolean knows(String otherEpoch) {
    return otherEpoch.equals(epoch) || past.containsKey(otherEpoch);
  }

  /** The last checkpoint taken over from another epoch; empty if it is not in this run's past. */
  OptionalLong leftAt(String otherEpoch) {
    Long checkpointId = past.get(otherEpoch);
    return checkpointId == null ? OptionalLong.empty() : OptionalLong.of(checkpointId);
  }

  /**
   * The last checkpoint of an epoch that this run's state includes, if it was restored from the
   * given one; 0 if none.
   */
  long knownUpTo(String otherEpoch, long checkpointId) {
    return otherEpoch.equals(epoch) ? checkpointId : past.getOrDefault(otherEpoch, 0L);
  }

  /** This epoch and those before it, back in time. */
  List<String> newestFirst() {
    List<String> epochs = new ArrayList<>(past.keySet());
    epochs.add(epoch);
    Collections.reverse(epochs);
    return epochs;
  }

  /** Whether a commit is this run's own or from its past. */
  boolean includes(String otherEpoch, long checkpointId) {
    return otherEpoch.equals(epoch)
        || (past.containsKey(otherEpoch) && checkpointId <= past.get(otherEpoch));
  }

  /** The table properties that name this run as the owner. */
  Map<String, String> toProperties(String sinkName) {
    return Map.of(key(sinkName, EPOCH_PROPERTY), epoch, key(sinkName, PAST_PROPERTY), text(past));
  }

  /** The owner named by a table's properties; empty if the sink never wrote to the table. */
  static Optional<Lineage> fromProperties(
      String sinkName, String tableId, Map<String, String> properties) {
    String epoch = properties.get(key(sinkName, EPOCH_PROPERTY));
    if (epoch == null) {
      return Optional.empty();
    }
    String past = properties.getOrDefault(key(sinkName, PAST_PROPERTY), "");
    return Optional.of(new Lineage(tableId, epoch, byEpoch(past, Long::valueOf)));
  }

  /** Values by epoch as a table property has them; {@link #byEpoch} reads that. */
  static String text(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "@" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  static <V> Map<String, V> byEpoch(String text, Function<String, V> value) {
    Map<String, V> values = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      int at = entry.lastIndexOf('@');
      if (at > 0) {
        values.put(entry.substring(0, at), value.apply(entry.substring(at + 1)));
      }
    }
    return values;
  }

  /** The name of a table property of a sink. */
  static String key(String sinkName, String property) {
    return "delta-sink." + sinkName + "." + property;
  }
}
