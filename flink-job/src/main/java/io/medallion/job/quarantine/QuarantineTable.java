package io.medallion.job.quarantine;

import io.medallion.contract.EventForm;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeContract;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.RawRecord;
import io.medallion.job.table.Values;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.types.logical.RowType;

/** Every event that was rejected: why, by which version of the rules, its bytes and lineage. */
public final class QuarantineTable implements RowEncoder<EventRecord> {

  private static final long serialVersionUID = 1L;

  /**
   * Bytes of a key and of a header's value that stay with each of several events of a record: more
   * than the greatest text has, in whatever characters.
   */
  private static final int MOST_BYTES_EACH = 4 * EventLimits.TEXT_LENGTH + 1;

  private final int ruleVersion;
  private final boolean hasSeveral;
  private final Set<String> headers;
  private final int enqueuedDate;

  private QuarantineTable(Rules rules) {
    ruleVersion = rules.version();
    EventForm form = rules.contract().event();
    hasSeveral = form.hasSeveral();
    headers = form.headers();
    enqueuedDate = rowType(form).getFieldIndex("enqueuedDate");
  }

  /** The table of events that were judged by these rules. */
  public static LakeTable<EventRecord> table(Rules rules) {
    return new LakeTable<>(
        "quarantine",
        "quarantine",
        rowType(rules.contract().event()),
        LakeContract.ofRecords(rules.contract()),
        Optional.of("enqueuedDate"),
        new QuarantineTable(rules));
  }

  private static RowType rowType(EventForm form) {
    Columns columns =
        new Columns()
            .text("reason")
            .text("detail")
            .integer("ruleVersion")
            .binary("body")
            .text("eventHub")
            .integer("partition")
            .bigint("offset");
    if (form.hasSeveral()) {
      columns.integer("index");
    }
    columns
        .timestamp("enqueuedTime")
        .text("partitionKey")
        .timestamp("processedTime")
        .date("enqueuedDate");
    return RawRecord.addTo(columns).build();
  }

  @Override
  public void encodePartition(EventRecord event, RowWriter out) {
    Values.setDate(out, enqueuedDate, event.arrivalTime);
  }

  @Override
  public void encode(EventRecord event, RowWriter out) {
    int column = 0;
    out.setString(column++, event.reasonCode());
    out.setString(column++, event.detail);
    out.setInt(column++, ruleVersion);
    if (event.event != null) {
      out.setBytes(column, event.event);
    }
    out.setBytes(++column, event.eventHub.utf8);
    out.setInt(++column, event.partition);
    out.setLong(++column, event.offset);
    boolean isOneOfSeveral = hasSeveral && event.index != EventRecord.WHOLE;
    if (isOneOfSeveral) {
      out.setInt(++column, event.index);
    } else if (hasSeveral) {
      column++;
    }
    Values.setTimestamp(out, ++column, event.enqueuedTime);
    Values.setShownText(out, ++column, isOneOfSeveral ? cut(event.key) : event.key);
    Values.setTimestamp(out, ++column, event.processedTime);
    column++; // enqueuedDate
    if (isOneOfSeveral) {
      RawRecord.set(event, ++column, out, QuarantineTable::cut, headers::contains);
    } else {
      RawRecord.set(event, ++column, out);
    }
  }

  /**
   * What each of several events keeps of its record's key and of the headers that it was judged by;
   * bronze has all of them, once. What is cut is still too long for a key, a time or an id, so that
   * a later judgement takes nothing else for it.
   */
  private static byte[] cut(byte[] value) {
    return value == null || value.length <= MOST_BYTES_EACH
        ? value
        : Arrays.copyOf(value, MOST_BYTES_EACH);
  }
}
