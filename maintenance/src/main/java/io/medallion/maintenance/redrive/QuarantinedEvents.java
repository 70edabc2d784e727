package io.medallion.maintenance.redrive;

import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.rules.Rules;
import io.medallion.job.table.RawRecord;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The events of quarantine, judged by the code of the job from the bytes as they were sent, with
 * the rules of today.
 */
final class QuarantinedEvents {

  private static final List<String> COLUMNS =
      List.of(
          "reason",
          "body",
          "eventHub",
          "partition",
          "offset",
          "enqueuedTime",
          "partitionKey",
          "processedTime",
          "key",
          "timestampType");

  private static final int REASON = 0;
  private static final int BODY = 1;
  private static final int EVENT_HUB = 2;
  private static final int PARTITION = 3;
  private static final int OFFSET = 4;
  private static final int ENQUEUED_TIME = 5;
  private static final int PARTITION_KEY = 6;
  private static final int PROCESSED_TIME = 7;
  private static final int KEY = 8;
  private static final int TIMESTAMP_TYPE = 9;

  /** What stands in rows of the first release for what is not UTF-8 in a key. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final byte[] NOT_UTF8 = {(byte) 0xFF};

  private final TableVersion quarantine;
  private final Set<String> reasons;
  private final TimeRange enqueued;
  private final RecordDecoder decoder;
  private final EventRecord event = new EventRecord();

  /**
   * @param reasons codes of {@code RejectReason}; empty for all
   * @param enqueued when the events arrived
   */
  QuarantinedEvents(TableVersion quarantine, Set<String> reasons, TimeRange enqueued, Rules rules) {
    this.quarantine = quarantine;
    this.reasons = reasons;
    this.enqueued = enqueued;
    this.decoder = RecordDecoder.of(rules);
  }

  /** What to do with an event. */
  interface Reader {

    /**
     * Takes the next event.
     *
     * @param reason why the event was quarantined
     * @param event with its verdict of today; reused for the next one
     */
    void event(String reason, EventRecord event) throws IOException;
  }

  void forEach(Reader reader) {
    quarantine.read(
        quarantine.files().stream().filter(file -> file.mayHold("enqueuedTime", enqueued)).toList(),
        COLUMNS,
        row -> {
          String reason = row.text(REASON);
          if (enqueued.contains(row.bigint(ENQUEUED_TIME))
              && (reasons.isEmpty() || reasons.contains(reason))) {
            judge(row, judged -> hand(judged, reason, reader));
          }
        });
  }

  private static void hand(EventRecord judged, String reason, Reader reader) {
    if (judged.isValid()) {
      QualityFlags.markRedriven(judged);
    }
    try {
      reader.event(reason, judged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(RowCursor row, RecordDecoder.Events events) {
    event.eventHub = new Text(row.text(EVENT_HUB));
    event.partition = row.integer(PARTITION);
    event.offset = row.bigint(OFFSET);
    event.enqueuedTime = millis(row.bigint(ENQUEUED_TIME));
    event.processedTime = System.currentTimeMillis();
    boolean isOfFirstRelease = row.isNull(TIMESTAMP_TYPE);
    event.key = isOfFirstRelease ? key(row.text(PARTITION_KEY)) : row.bytes(KEY);
    // Rows of the first release don't tell whether the enqueued time can be trusted.
    event.timeIsSenders =
        isOfFirstRelease || row.text(TIMESTAMP_TYPE).equals(RawRecord.SENDER_TIME);
    event.body = row.bytes(BODY);
    decoder.decode(event, millis(row.bigint(PROCESSED_TIME)), events);
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }

  /** A key that was no text is still none, though quarantine shows it as one. */
  private static byte[] key(String shown) {
    if (shown == null) {
      return null;
    }
    return shown.indexOf(REPLACEMENT) >= 0 ? NOT_UTF8 : shown.getBytes(StandardCharsets.UTF_8);
  }
}
