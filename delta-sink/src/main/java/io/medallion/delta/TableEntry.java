package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.util.Map;
import java.util.Optional;
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
    this.schema = new SchemaCheck(table, log.schema(), options.meaning());
  }

  /**
   * Makes this run the table's owner, or throws.
   *
   * @return this run's lineage
   */
  Lineage enter(JobStart start) throws InterruptedException {
    return options.retries().run("start on " + table, () -> tryToEnter(start));
  }

  private Lineage tryToEnter(JobStart start) {
    Snapshot snapshot = withColumns(requireSameTable(loadOrCreate(start), start));
    Optional<Lineage> owner = log.owner(snapshot);
    if (owner.isEmpty()) {
      Lineage lineage = start.lineageOn(snapshot.getMetadata().getId(), epoch -> false);
      log.claim(snapshot, lineage);
      return lineage;
    }
    if (start.wasTakenOver(owner.get(), log.ownersBefore(snapshot))) {
      throw takenOver(snapshot, owner.get(), start);
    }
    SinkCommits commits = log.commits(snapshot, owner.get());
    Lineage lineage = start.lineageOn(snapshot.getMetadata().getId(), commits::has);
    Rewind rewind = new Rewind(log, table, options, snapshot, owner.get(), commits, start, lineage);
    if (rewind.isNeeded()) {
      return rewind.claim();
    }
    if (commits.committed(lineage.epoch()) > start.checkpointId()) {
      // Rolled back, but what the next checkpoints have would be taken for committed.
      lineage = start.nextEpoch(lineage);
    }
    if (!owner.get().epoch().equals(lineage.epoch())) {
      log.claim(snapshot, lineage);
    }
    return lineage;
  }

  /** A run that lost its table is not to take it back by itself, whatever the rewind policy. */
  private TableConflictException takenOver(Snapshot snapshot, Lineage owner, JobStart start) {
    return new TableConflictException(
        String.format(
            "%s (version %d) was taken over by epoch %s of sink '%s'. Another copy of the job is"
                + " running, or ran: this one (submission %s) stops. Keep one copy running.",
            table, snapshot.getVersion(), owner.epoch(), options.sinkName(), start.submission()));
  }

  private Snapshot loadOrCreate(JobStart start) {
    try {
      return log.load();
    } catch (TableNotFoundException absent) {
      if (start.restored().isPresent()) {
        throw log.gone();
      }
      log.create(options.meaning().properties(Map.of()));
      LOG.info("Created {} with columns {}", table, table.rowType().asSummaryString());
      return log.load();
    }
  }

  private Snapshot requireSameTable(Snapshot snapshot, JobStart start) {
    String id = snapshot.getMetadata().getId();
    if (start.restored().isPresent() && !start.restored().get().tableId().equals(id)) {
      throw new TableConflictException(
          String.format(
              "%s was replaced: its id is %s, but the job's state belongs to table %s. Bring the"
                  + " old table back, or start the job without that state.",
              table, id, start.restored().get().tableId()));
    }
    return snapshot;
  }

  private Snapshot withColumns(Snapshot snapshot) {
    Snapshot result = snapshot;
    if (options.schemaPolicy() == SchemaPolicy.ADD_COLUMNS
        && schema.isOutdated(snapshot)
        && schema.canAddMissing(snapshot)) {
      LOG.info(
          "Adding columns {} to {}, setting properties {}",
          schema.missing(snapshot),
          table,
          schema.propertiesToSet(snapshot).keySet());
      log.changeMetadata(snapshot, schema.withMissing(snapshot), schema.propertiesToSet(snapshot));
      result = log.load();
    }
    schema.require(result);
    return result;
  }
}
