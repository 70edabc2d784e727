package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run of the job comes to own its table, before it commits anything.
 *
 * <p>Afterwards the table exists, has the sink's columns, names this run as its owner, and holds of
 * this sink exactly what the run's past holds; or the job has failed with an error that says why
 * not. From then on a run that owned the table before can't commit any more ({@link
 * DeltaCommitter}).
 */
final class TableEntry {

  private static final Logger LOG = LoggerFactory.getLogger(TableEntry.class);

  private final TableSpec table;
  private final TableLog log;
  private final TableOptions options;
  private final SchemaCheck schema;

  TableEntry(TableSpec table, TableOptions options) {
    this.table = table;
    this.log = new TableLog(table, options.sinkName());
    this.options = options;
    this.schema = new SchemaCheck(table, log.schema());
  }

  /**
   * Makes this run the table's owner, or throws.
   *
   * @param submission the epoch of this submission of the job
   * @param restored the lineage in the restored state, if there is one
   * @param checkpointId the restored checkpoint; 0 if there is none
   * @return this run's lineage
   */
  Lineage enter(String submission, Optional<Lineage> restored, long checkpointId)
      throws InterruptedException {
    return options
        .retries()
        .run("start on " + table, () -> tryToEnter(submission, restored, checkpointId));
  }

  private Lineage tryToEnter(String submission, Optional<Lineage> restored, long checkpointId) {
    Snapshot snapshot = withColumns(requireSameTable(loadOrCreate(restored), restored));
    String tableId = snapshot.getMetadata().getId();
    // A submission may have had to begin a new epoch after a rewind: its name starts the epoch's.
    boolean sameSubmission = restored.filter(l -> l.epoch().startsWith(submission)).isPresent();
    Lineage lineage =
        sameSubmission
            ? restored.get()
            : restored
                .map(past -> continued(snapshot, past, submission, checkpointId))
                .orElseGet(() -> Lineage.startingAt(tableId, submission));
    Optional<Lineage> owner = log.owner(snapshot);
    if (owner.isEmpty()) {
      log.claim(snapshot, lineage);
      return lineage;
    }
    Optional<Ahead> ahead =
        ahead(snapshot, owner.get(), lineage, checkpointId, restored.isPresent());
    if (ahead.isEmpty()) {
      if (!owner.get().epoch().equals(lineage.epoch())) {
        log.claim(snapshot, lineage);
      }
      return lineage;
    }
    return rewind(snapshot, lineage, checkpointId, ahead.get());
  }

  private Snapshot loadOrCreate(Optional<Lineage> restored) {
    try {
      return log.load();
    } catch (TableNotFoundException absent) {
      if (restored.isPresent()) {
        throw log.gone();
      }
      log.create();
      LOG.info("Created {} with columns {}", table, table.rowType().asSummaryString());
      return log.load();
    }
  }

  private Snapshot requireSameTable(Snapshot snapshot, Optional<Lineage> restored) {
    String id = snapshot.getMetadata().getId();
    if (restored.isPresent() && !restored.get().tableId().equals(id)) {
      throw new TableConflictException(
          String.format(
              "%s was replaced: its id is %s, but the job's state belongs to table %s. Bring the"
                  + " old table back, or start the job without that state.",
              table, id, restored.get().tableId()));
    }
    return snapshot;
  }

  private Snapshot withColumns(Snapshot snapshot) {
    Snapshot result = snapshot;
    if (options.schemaPolicy() == SchemaPolicy.ADD_COLUMNS
        && !schema.missing(snapshot).isEmpty()
        && schema.canAddMissing(snapshot)) {
      LOG.info("Adding columns {} to {}", schema.missing(snapshot), table);
      log.changeSchema(snapshot, schema.withMissing(snapshot));
      result = log.load();
    }
    schema.require(result);
    return result;
  }

  private Lineage continued(Snapshot snapshot, Lineage past, String newEpoch, long checkpointId) {
    return past.continuedBy(
        newEpoch, checkpointId, epoch -> log.lastCheckpoint(snapshot, epoch).isPresent());
  }

  /**
   * A table that holds commits of this sink that are not in the run's past.
   *
   * @param isRewind whether the run's state shows that it is of an earlier point of the table's
   *     history; otherwise who committed is not known to it at all
   */
  private record Ahead(String what, boolean isRewind) {}

  private Optional<Ahead> ahead(
      Snapshot snapshot, Lineage owner, Lineage lineage, long checkpointId, boolean hasState) {
    for (String epoch : owner.newestFirst()) {
      OptionalLong committed = lastCheckpointInTable(snapshot, owner, epoch);
      if (committed.isEmpty()) {
        // A run that ended before its first commit left nothing: what came before it counts.
        continue;
      }
      OptionalLong knownUpTo =
          epoch.equals(lineage.epoch()) ? OptionalLong.of(checkpointId) : lineage.leftAt(epoch);
      if (knownUpTo.isPresent() && committed.getAsLong() <= knownUpTo.getAsLong()) {
        return undone(snapshot, owner, epoch, knownUpTo.getAsLong());
      }
      // Without state the job begins anew, which is before everything.
      boolean isRewind =
          !hasState
              || knownUpTo.isPresent()
              || owner.newestFirst().stream().anyMatch(lineage::knows);
      return Optional.of(
          new Ahead(
              describe(
                  snapshot,
                  epoch,
                  committed.getAsLong(),
                  lineage,
                  knownUpTo,
                  hasState ? OptionalLong.of(checkpointId) : OptionalLong.empty()),
              isRewind));
    }
    return Optional.empty();
  }

  /** The state may be of what a rewind has undone since. */
  private Optional<Ahead> undone(Snapshot snapshot, Lineage owner, String epoch, long knownUpTo) {
    OptionalLong committed = log.lastCheckpoint(snapshot, epoch);
    OptionalLong leftAt = owner.leftAt(epoch);
    if (committed.isEmpty()
        || leftAt.isEmpty()
        || Math.min(committed.getAsLong(), knownUpTo) <= leftAt.getAsLong()) {
      return Optional.empty();
    }
    return Optional.of(
        new Ahead(
            String.format(
                "%s (version %d) is not where the job is: the job knows epoch %s of sink '%s' up to"
                    + " checkpoint %d, and the table was put back to checkpoint %d of it.",
                table,
                snapshot.getVersion(),
                epoch,
                options.sinkName(),
                knownUpTo,
                leftAt.getAsLong()),
            true));
  }

  /** What an epoch committed after its owner had left it was undone, or accepted, by a rewind. */
  private OptionalLong lastCheckpointInTable(Snapshot snapshot, Lineage owner, String epoch) {
    OptionalLong committed = log.lastCheckpoint(snapshot, epoch);
    OptionalLong leftAt = owner.leftAt(epoch);
    return committed.isPresent() && leftAt.isPresent()
        ? OptionalLong.of(Math.min(committed.getAsLong(), leftAt.getAsLong()))
        : committed;
  }

  private String describe(
      Snapshot snapshot,
      String epoch,
      long committed,
      Lineage lineage,
      OptionalLong knownUpTo,
      OptionalLong restoredCheckpoint) {
    String known;
    if (knownUpTo.isPresent()) {
      known = "knows that epoch up to checkpoint " + knownUpTo.getAsLong() + " only";
    } else if (restoredCheckpoint.isEmpty()) {
      known = "was started without its state";
    } else {
      known =
          "was restored from checkpoint "
              + restoredCheckpoint.getAsLong()
              + " and knows only itself and "
              + lineage.past().keySet();
    }
    return String.format(
        "%s (version %d) is ahead of the job. Epoch %s of sink '%s' committed up to checkpoint %d;"
            + " this run (epoch %s) %s.",
        table, snapshot.getVersion(), epoch, options.sinkName(), committed, lineage.epoch(), known);
  }

  private Lineage rewind(Snapshot snapshot, Lineage lineage, long checkpointId, Ahead ahead) {
    if (!ahead.isRewind() && options.rewindPolicy() != RewindPolicy.APPEND) {
      throw new TableConflictException(
          ahead.what()
              + " Nothing shows that the job's state is an earlier point of that epoch, so the"
              + " table can't be rolled back to it. Either restore the job from the latest"
              + " checkpoint or savepoint of the run that wrote last; or, if all rows of the table"
              + " may stay, set the rewind policy to APPEND. If another job writes under the same"
              + " sink name, give it a name of its own.");
    }
    if (options.rewindPolicy() == RewindPolicy.FAIL) {
      throw new TableConflictException(
          ahead.what()
              + " Going on would write the data in between twice. Either restore the job from the"
              + " latest checkpoint or savepoint; or set the rewind policy to ROLLBACK to put the"
              + " table back to where the job is; or to APPEND to accept duplicates. If another"
              + " copy of the job is running, stop one of them.");
    }
    // The epoch may be the one that went ahead: its checkpoint ids would be taken for committed.
    String epoch = lineage.epoch() + "." + UUID.randomUUID().toString().substring(0, 8);
    Lineage fresh = new Lineage(lineage.tableId(), epoch, lineage.past());
    if (lineage.epoch().equals(log.owner(snapshot).orElseThrow().epoch())) {
      fresh = continued(snapshot, lineage, epoch, checkpointId);
    }
    if (options.rewindPolicy() == RewindPolicy.ROLLBACK) {
      Rollback rollback = Rollback.of(log, table, snapshot, fresh);
      LOG.warn(
          "{} Rolling it back to version {}: {} actions",
          ahead.what(),
          rollback.version(),
          rollback.actions().size());
      log.claim(snapshot, fresh, rollback);
    } else {
      LOG.warn("{} Appending all the same: the data in between will be there twice.", ahead.what());
      log.claim(snapshot, fresh);
    }
    return fresh;
  }
}
