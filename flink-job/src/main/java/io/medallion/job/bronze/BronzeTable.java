package io.medallion.job.bronze;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowMeaning;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.RawRecord;
import io.medallion.job.table.ShownText;
import io.medallion.job.table.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Every record of the Event Hub as it came: for each partition, exactly the offsets that were
 * consumed. Nothing is decoded, so nothing can be wrong with a row.
 */
public final class BronzeTable implements RowEncoder<EventRecord> {

  private static final long serialVersionUID = 1L;

  private static final int BODY = 0;
  private static final int EVENT_HUB = 1;
  private static final int PARTITION = 2;
  private static final int OFFSET = 3;
  private static final int ENQUEUED_TIME = 4;
  private static final int PARTITION_KEY = 5;
  private static final int PROPERTIES = 6;
  private static final int INGESTED_TIME = 7;
  private static final int ENQUEUED_DATE = 8;
  private static final int RAW = 9;

  private static final RowType ROW_TYPE =
      RawRecord.addTo(
              new Columns()
                  .binary("body")
                  .text("eventHub")
                  .integer("partition")
                  .bigint("offset")
                  .timestamp("enqueuedTime")
                  .text("partitionKey")
                  .textMap("properties")
                  .timestamp("ingestedTime")
                  .date("enqueuedDate"))
          .build();

  private BronzeTable() {}

  public static LakeTable<EventRecord> table() {
    return new LakeTable<>(
        "bronze",
        "bronze",
        ROW_TYPE,
        RowMeaning.NONE,
        Optional.of("enqueuedDate"),
        new BronzeTable());
  }

  @Override
  public void encodePartition(EventRecord event, RowWriter out) {
    // Not of a time that the sender made up: it could open a partition for each day there ever was.
    Values.setDate(out, ENQUEUED_DATE, event.arrivalTime);
  }

  @Override
  public void encode(EventRecord event, RowWriter out) {
    if (event.body != null) {
      out.setBytes(BODY, event.body);
    }
    out.setBytes(EVENT_HUB, event.eventHub.utf8);
    out.setInt(PARTITION, event.partition);
    out.setLong(OFFSET, event.offset);
    Values.setTimestamp(out, ENQUEUED_TIME, event.enqueuedTime);
    Values.setShownText(out, PARTITION_KEY, event.key);
    if (event.headerNames != null) {
      out.setInternal(PROPERTIES, properties(event));
    }
    Values.setTimestamp(out, INGESTED_TIME, event.processedTime);
    RawRecord.set(event, RAW, out);
  }

  /** For people. Of headers with the same name the last one stays: a map has no room for more. */
  private static GenericMapData properties(EventRecord event) {
    Map<StringData, StringData> properties = new HashMap<>();
    for (int i = 0; i < event.headerNames.length; i++) {
      byte[] value = event.headerValues[i];
      properties.put(
          StringData.fromString(event.headerNames[i]),
          value == null ? null : StringData.fromString(ShownText.ofHeader(value)));
    }
    return new GenericMapData(properties);
  }
}
