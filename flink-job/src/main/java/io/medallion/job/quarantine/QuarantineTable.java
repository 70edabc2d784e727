package io.medallion.job.quarantine;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeContract;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.RawRecord;
import io.medallion.job.table.Values;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/** Every event that was rejected: why, by which version of the rules, its bytes and lineage. */
public final class QuarantineTable implements RowEncoder<EventRecord> {

  private static final long serialVersionUID = 1L;

  private static final int REASON = 0;
  private static final int DETAIL = 1;
  private static final int RULE_VERSION = 2;
  private static final int BODY = 3;
  private static final int EVENT_HUB = 4;
  private static final int PARTITION = 5;
  private static final int OFFSET = 6;
  private static final int ENQUEUED_TIME = 7;
  private static final int PARTITION_KEY = 8;
  private static final int PROCESSED_TIME = 9;
  private static final int ENQUEUED_DATE = 10;
  private static final int RAW = 11;

  private static final RowType ROW_TYPE =
      RawRecord.addTo(
              new Columns()
                  .text("reason")
                  .text("detail")
                  .integer("ruleVersion")
                  .binary("body")
                  .text("eventHub")
                  .integer("partition")
                  .bigint("offset")
                  .timestamp("enqueuedTime")
                  .text("partitionKey")
                  .timestamp("processedTime")
                  .date("enqueuedDate"))
          .build();

  private final int ruleVersion;

  private QuarantineTable(int ruleVersion) {
    this.ruleVersion = ruleVersion;
  }

  /** The table of events that were judged by these rules. */
  public static LakeTable<EventRecord> table(Rules rules) {
    return new LakeTable<>(
        "quarantine",
        "quarantine",
        ROW_TYPE,
        LakeContract.ofRecords(rules.contract()),
        Optional.of("enqueuedDate"),
        new QuarantineTable(rules.version()));
  }

  @Override
  public void encodePartition(EventRecord event, RowWriter out) {
    Values.setDate(out, ENQUEUED_DATE, event.arrivalTime);
  }

  @Override
  public void encode(EventRecord event, RowWriter out) {
    out.setString(REASON, event.reason.name());
    out.setString(DETAIL, event.detail);
    out.setInt(RULE_VERSION, ruleVersion);
    if (event.body != null) {
      out.setBytes(BODY, event.body);
    }
    out.setBytes(EVENT_HUB, event.eventHub.utf8);
    out.setInt(PARTITION, event.partition);
    out.setLong(OFFSET, event.offset);
    Values.setTimestamp(out, ENQUEUED_TIME, event.enqueuedTime);
    Values.setShownText(out, PARTITION_KEY, event.key);
    Values.setTimestamp(out, PROCESSED_TIME, event.processedTime);
    RawRecord.set(event, RAW, out);
  }
}
