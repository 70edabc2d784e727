package io.medallion.delta;

import io.delta.kernel.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that does not hold what the state of a run holds, and what the {@link RewindPolicy} makes
 * of it.
 */
final class Rewind {

  private static final Logger LOG = LoggerFactory.getLogger(Rewind.class);

  private final TableLog log;
  private final TableSpec table;
  private final TableOptions options;
  private final Snapshot snapshot;
  private final Lineage owner;
  private final SinkCommits commits;
  private final JobStart start;
  private final Lineage lineage;

  /** Epochs of which the table has commits that the run does not know. */
  private final Set<String> unknown;

  /** Epochs of which the run knows commits that a rollback took out of the table. */
  private final Set<String> lost;

  Rewind(
      TableLog log,
      TableSpec table,
      TableOptions options,
      Snapshot snapshot,
      Lineage owner,
      SinkCommits commits,
      JobStart start,
      Lineage lineage) {
    this.log = log;
    this.table = table;
    this.options = options;
    this.snapshot = snapshot;
    this.owner = owner;
    this.commits = commits;
    this.start = start;
    this.lineage = lineage;
    this.unknown = commits.unknownTo(lineage, start.checkpointId());
    this.lost = commits.lostTo(lineage, start.checkpointId());
  }

  boolean isNeeded() {
    return !unknown.isEmpty() || !lost.isEmpty();
  }

  /** Makes the run the table's owner, or throws {@link TableConflictException}. */
  Lineage claim() {
    String what = unknown.isEmpty() ? describeLost() : describeUnknown();
    if (options.rewindPolicy() == RewindPolicy.APPEND) {
      return accept(what);
    }
    if (!isOfOneHistory()) {
      throw ofUnknownOrigin(what);
    }
    if (options.rewindPolicy() == RewindPolicy.FAIL) {
      throw refused(what);
    }
    return rollBack(what);
  }

  /**
   * Whether it shows that the state is of another point of the table's own history: it begins
   * before all of it, has commits of it, or goes back to a run that the owner goes back to.
   */
  private boolean isOfOneHistory() {
    return start.isAnew()
        || lineage.newestFirst().stream().anyMatch(commits::has)
        || owner.newestFirst().stream().anyMatch(lineage::knows);
  }

  private Lineage rollBack(String what) {
    Lineage fresh = start.nextEpoch(lineage);
    Rollback rollback = Rollback.of(log, table, snapshot, fresh);
    LOG.warn(
        "{} Putting it back to version {}: {} actions",
        what,
        rollback.version(),
        rollback.actions().size());
    log.claim(
        snapshot, fresh, commits.rolledBackTo(rollback.commits(), rollback.firstAfter()), rollback);
    return fresh;
  }

  /** What is there becomes part of the run's past, and what is not there is missed no more. */
  private Lineage accept(String what) {
    LOG.warn("{} Going on all the same, as the rewind policy APPEND says.", what);
    Lineage next = start.nextEpoch(lineage);
    Map<String, Long> past = new LinkedHashMap<>(next.past());
    unknown.forEach(epoch -> past.put(epoch, commits.inTable(epoch)));
    Lineage fresh = new Lineage(next.tableId(), next.epoch(), past);
    log.claim(snapshot, fresh, commits.accepted(lost, lineage, start.checkpointId()));
    return fresh;
  }

  private TableConflictException refused(String what) {
    return new TableConflictException(
        what
            + " Going on would write the data in between twice, or leave it out. Either restore"
            + " the job from the latest checkpoint or savepoint of the run that wrote last; or set"
            + " the rewind policy to ROLLBACK to put the table to where the job is; or to APPEND"
            + " to accept what is there. If another copy of the job is running, stop one of them.");
  }

  private TableConflictException ofUnknownOrigin(String what) {
    return new TableConflictException(
        what
            + " Nothing shows that the job's state is an earlier point of that epoch, so the"
            + " table can't be rolled back to it. Either restore the job from the latest"
            + " checkpoint or savepoint of the run that wrote last; or, if all rows of the table"
            + " may stay, set the rewind policy to APPEND. If another job writes under the same"
            + " sink name, give it a name of its own.");
  }

  private String describeLost() {
    String epoch = lost.iterator().next();
    return String.format(
        "%s (version %d) is not where the job is: the job knows epoch %s of sink '%s' up to"
            + " checkpoint %d, and the table was put back to checkpoint %d of it.",
        table,
        snapshot.getVersion(),
        epoch,
        options.sinkName(),
        Math.min(commits.committed(epoch), lineage.knownUpTo(epoch, start.checkpointId())),
        commits.inTable(epoch));
  }

  private String describeUnknown() {
    String epoch =
        owner.newestFirst().stream()
            .filter(unknown::contains)
            .findFirst()
            .orElseGet(() -> unknown.iterator().next());
    long knownUpTo = lineage.knownUpTo(epoch, start.checkpointId());
    String known;
    if (knownUpTo > 0) {
      known = "knows that epoch up to checkpoint " + knownUpTo + " only";
    } else if (start.restored().isEmpty()) {
      known = "was started without its state";
    } else {
      known =
          "was restored from checkpoint "
              + start.checkpointId()
              + " and knows only itself and "
              + lineage.past().keySet();
    }
    return String.format(
        "%s (version %d) is ahead of the job. Epoch %s of sink '%s' committed up to checkpoint"
            + " %d; this run (epoch %s) %s.",
        table,
        snapshot.getVersion(),
        epoch,
        options.sinkName(),
        commits.inTable(epoch),
        lineage.epoch(),
        known);
  }
}
