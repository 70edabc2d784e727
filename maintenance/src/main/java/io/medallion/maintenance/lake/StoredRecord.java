package io.medallion.maintenance.lake;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.table.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A record as it was sent, from the columns of it that bronze and quarantine have. */
public final class StoredRecord {

  public static final int PARTITION = 0;
  public static final int OFFSET = 1;
  public static final int EVENT_HUB = 2;
  public static final int ENQUEUED_TIME = 3;

  public static final List<String> COLUMNS =
      List.of(
          "partition",
          "offset",
          "eventHub",
          "enqueuedTime",
          "body",
          "key",
          "headers",
          "timestampType",
          "partitionKey");

  /** Those that bronze has, and when the job took the record. */
  public static final List<String> BRONZE_COLUMNS =
      Stream.concat(COLUMNS.stream(), Stream.of("ingestedTime")).toList();

  private static final int INGESTED_TIME = COLUMNS.size();

  private static final int BODY = 4;
  private static final int KEY = 5;
  private static final int HEADERS = 6;
  private static final int TIMESTAMP_TYPE = 7;
  private static final int PARTITION_KEY = 8;

  /** What stands in rows of the first release for what is not UTF-8 in a key. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final byte[] NOT_UTF8 = {(byte) 0xFF};

  private StoredRecord() {}

  /**
   * Makes an event the record of a row, not decoded yet.
   *
   * @param row with {@link #COLUMNS} first
   */
  public static void read(RowCursor row, EventRecord event) {
    event.eventHub = new Text(row.text(EVENT_HUB));
    event.partition = row.integer(PARTITION);
    event.offset = row.bigint(OFFSET);
    event.enqueuedTime = Math.floorDiv(row.bigint(ENQUEUED_TIME), 1000L);
    event.body = row.bytes(BODY);
    boolean isOfFirstRelease = isOfFirstRelease(row);
    event.key = isOfFirstRelease ? key(row.text(PARTITION_KEY)) : row.bytes(KEY);
    // Rows of the first release don't tell whether the enqueued time can be trusted.
    event.timeIsSenders =
        isOfFirstRelease || row.text(TIMESTAMP_TYPE).equals(RawRecord.SENDER_TIME);
    List<String> names = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    row.namedBytes(
        HEADERS,
        (name, value) -> {
          names.add(name);
          values.add(value);
        });
    event.headerNames = names.isEmpty() ? null : names.toArray(String[]::new);
    event.headerValues = names.isEmpty() ? null : values.toArray(byte[][]::new);
  }

  /**
   * As {@link #read}, with the time at which the job took the record.
   *
   * @param row with {@link #BRONZE_COLUMNS}
   */
  public static void readBronze(RowCursor row, EventRecord event) {
    read(row, event);
    event.processedTime = Math.floorDiv(row.bigint(INGESTED_TIME), 1000L);
  }

  /** Whether the first release wrote a row of {@link #COLUMNS}, which lacks some of them. */
  public static boolean isOfFirstRelease(RowCursor row) {
    return row.isNull(TIMESTAMP_TYPE);
  }

  /** A key that was no text is still none, though the first release shows it as one. */
  private static byte[] key(String shown) {
    if (shown == null) {
      return null;
    }
    return shown.indexOf(REPLACEMENT) >= 0 ? NOT_UTF8 : shown.getBytes(StandardCharsets.UTF_8);
  }
}
