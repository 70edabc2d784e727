package io.medallion.delta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a sink starts from.
 *
 * @param submission the epoch of this submission of the job
 * @param restored the lineage in the restored state, if there is one
 * @param checkpointId the restored checkpoint; 0 if the job begins anew
 */
record JobStart(String submission, Optional<Lineage> restored, long checkpointId) {

  /**
   * Whether an epoch is this submission's. It may have had to begin another one after a rewind,
   * whose name begins like the first one's.
   */
  boolean has(String epoch) {
    return epoch.startsWith(submission);
  }

  /** Whether the state is this submission's own: it owned the table before. */
  boolean isFailover() {
    return restored.filter(run -> has(run.epoch())).isPresent();
  }

  /**
   * Whether another copy of the job has taken the table over. One that the state goes back to has
   * not: then another writer has put the table back to when that one owned it.
   *
   * @param owner of the table
   * @param ownersBefore epochs that owned it before
   */
  boolean wasTakenOver(Lineage owner, List<String> ownersBefore) {
    boolean owned = isFailover() || ownersBefore.stream().anyMatch(this::has);
    boolean isPutBack = restored.filter(run -> run.knows(owner.epoch())).isPresent();
    return owned && !has(owner.epoch()) && !isPutBack;
  }

  boolean isAnew() {
    return checkpointId == 0;
  }

  /**
   * The lineage of the run that starts.
   *
   * @param hasCommits whether the table has a commit of an epoch
   */
  Lineage lineageOn(String tableId, Predicate<String> hasCommits) {
    if (isFailover()) {
      return restored.orElseThrow();
    }
    return restored
        .map(past -> past.continuedBy(submission, checkpointId, hasCommits))
        .orElseGet(() -> Lineage.startingAt(tableId, submission));
  }

  /** The same run under another name; it goes back to itself if it may have committed. */
  Lineage nextEpoch(Lineage lineage) {
    String epoch = lineage.epoch() + "." + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Long> past = new LinkedHashMap<>(lineage.past());
    if (isFailover()) {
      past.put(lineage.epoch(), checkpointId);
    }
    return new Lineage(lineage.tableId(), epoch, past);
  }
}
