package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;

/**
 * Every event of bronze is in exactly one of silver and quarantine, once, and nothing else is. Only
 * an event that a redrive added to silver, and that says so, is in both.
 *
 * <p>An event that a deduplication leaves out would be in neither: none does so yet, and the count
 * of those must be 0.
 */
final class AccountedEvents {

  static final List<String> QUARANTINE_COLUMNS = BronzeOffsets.COLUMNS;

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int ENQUEUED_TIME = 2;

  private final TimeRange range;
  private final Offsets bronze;
  private final Offsets silver = new Offsets();
  private final Offsets quarantine = new Offsets();
  private final Findings findings =
      new Findings(
          "events-accounted", "every row of bronze is in silver or in quarantine, and only once");
  private long silverRows;
  private long quarantineRows;
  private long redrivenRows;

  AccountedEvents(TimeRange range, Offsets bronze) {
    this.range = range;
    this.bronze = bronze;
  }

  void quarantine(RowCursor row) {
    if (range.contains(row.bigint(ENQUEUED_TIME))) {
      quarantineRows++;
      add(row.integer(PARTITION), row.bigint(OFFSET), "quarantine", quarantine);
    }
  }

  /** To be called for silver's rows after those of quarantine. */
  void silver(int partition, long offset, long enqueuedTime, boolean isRedriven) {
    if (!range.contains(enqueuedTime)) {
      return;
    }
    silverRows++;
    redrivenRows += isRedriven ? 1 : 0;
    add(partition, offset, "silver", silver);
    if (quarantine.contains(partition, offset) != isRedriven) {
      findings.violation(
          isRedriven
              ? "partition %d offset %d was added to silver by a redrive, but is not in quarantine"
              : "partition %d offset %d is in both silver and quarantine",
          partition,
          offset);
    }
  }

  private void add(int partition, long offset, String table, Offsets own) {
    if (!own.add(partition, offset)) {
      findings.violation("partition %d offset %d is twice in %s", partition, offset, table);
    } else if (!bronze.contains(partition, offset)) {
      findings.violation(
          "partition %d offset %d is in %s and not in bronze", partition, offset, table);
    }
  }

  /** The places of the silver rows seen so far. */
  Offsets silver() {
    return silver;
  }

  CheckResult result() {
    long before = findings.result().violations();
    bronze.forEachNotIn(
        (partition, offset) ->
            findings.violation(
                "partition %d offset %d is in bronze and in neither silver nor quarantine",
                partition, offset),
        silver,
        quarantine);
    findings.count("bronze", bronze.size());
    findings.count("silver", silverRows);
    findings.count("quarantine", quarantineRows);
    findings.count("redriven", redrivenRows);
    findings.count("in neither", findings.result().violations() - before);
    return findings.result();
  }
}
