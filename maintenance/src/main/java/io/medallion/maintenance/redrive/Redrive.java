package io.medallion.maintenance.redrive;

import io.medallion.delta.DeltaAppend;
import io.medallion.job.JobSinks;
import io.medallion.job.config.RedriveConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.late.LateTable;
import io.medallion.job.silver.SilverTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Adds to silver and late what is in quarantine and valid by the rules that are given, exactly
 * once: what they hold already is left out, and each is committed only if no other redrive did
 * meanwhile. The job may be running.
 *
 * <p>Every event added is in late too, with its window of each size: gold has not counted it, and
 * never will. Quarantine keeps it. Silver is committed before late; after a crash between the two,
 * the next redrive adds what late lacks.
 */
final class Redrive {

  /** Names the redrive in the tables' histories. */
  private static final String APPLICATION = "redrive";

  private final Lake lake;
  private final RedriveConfig config;
  private final Set<String> reasons;
  private final TimeRange enqueued;

  /**
   * @param reasons why events were quarantined; empty for all
   * @param enqueued when they arrived
   */
  Redrive(Lake lake, RedriveConfig config, Set<String> reasons, TimeRange enqueued) {
    this.lake = lake;
    this.config = config;
    this.reasons = reasons;
    this.enqueued = enqueued;
  }

  /** Where events are written to. */
  private interface Target {
    void write(EventRecord event) throws IOException;
  }

  /** Counts what a run would add, and adds nothing. */
  RedriveReport tryOut() {
    LakeVersion tables = lake.openNewest();
    return add(tables, windows(tables), event -> {}, event -> {});
  }

  /**
   * Adds what is missing.
   *
   * @throws io.medallion.delta.TableConflictException if another redrive got in the way
   */
  RedriveReport run() throws IOException, InterruptedException {
    GoldWindows windows = windows(lake.openNewest());
    try (DeltaAppend<EventRecord> silver =
            DeltaAppend.to(
                JobSinks.delta(SilverTable.table(config.rules().contract()), config.sink()),
                APPLICATION);
        DeltaAppend<EventRecord> late =
            DeltaAppend.to(
                JobSinks.delta(
                    LateTable.table(
                        config.rules().contract(),
                        windows.windows().toArray(TumblingWindows[]::new)),
                    config.sink()),
                APPLICATION)) {
      // Read after both were opened, so that nothing added before is overlooked.
      RedriveReport report = add(lake.openNewest(), windows, silver::write, late::write);
      OptionalLong silverVersion = silver.commit();
      return report.committed(silverVersion, late.commit());
    }
  }

  private GoldWindows windows(LakeVersion tables) {
    return GoldWindows.of(tables, config.windows())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no window of gold is closed yet, so their size is not known: try again later,"
                        + " or give the job's settings with --conf or --set window.size=…"));
  }

  private RedriveReport add(LakeVersion tables, GoldWindows windows, Target silver, Target late) {
    RedriveReport report = new RedriveReport();
    if (!tables.tables().containsKey(tables.definitions().quarantine())) {
      return report;
    }
    QuarantinedEvents quarantined =
        new QuarantinedEvents(
            tables.tables().get(tables.definitions().quarantine()),
            reasons,
            enqueued,
            config.rules());
    MissingEvents missing = new MissingEvents(tables.definitions().contract());
    quarantined.forEach(
        (reason, event) -> {
          if (event.isValid()) {
            missing.note(event);
          }
        });
    missing.readTables(tables);
    quarantined.forEach(
        (reason, event) -> {
          Outcome outcome = Outcome.of(event, missing);
          report.count(reason, outcome);
          if (outcome == Outcome.ADDED) {
            silver.write(event);
          }
          boolean isInSilver = outcome == Outcome.ADDED || outcome == Outcome.PRESENT;
          if (isInSilver) {
            addToLate(event, windows, missing, late);
          }
        });
    return report;
  }

  /** No window of any size has counted the event. */
  private static void addToLate(
      EventRecord event, GoldWindows windows, MissingEvents missing, Target late)
      throws IOException {
    List<TumblingWindows> sizes = windows.windows();
    for (int size = 0; size < sizes.size(); size++) {
      if (!missing.isInLate(event, sizes.get(size))) {
        event.lateSize = size;
        event.latenessMillis = windows.lateness(sizes.get(size), event.eventTime);
        late.write(event);
      }
    }
  }
}
