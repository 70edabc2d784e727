package io.medallion.maintenance.redrive;

import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The events of quarantine, judged by the code of the job from the bytes as they were sent, with
 * the rules that are given.
 */
final class QuarantinedEvents {

  private static final int REASON = StoredRecord.COLUMNS.size();
  private static final int PROCESSED_TIME = REASON + 1;
  private static final int INDEX = REASON + 2;
  private static final List<String> COLUMNS =
      Stream.concat(StoredRecord.COLUMNS.stream(), Stream.of("reason", "processedTime", "index"))
          .toList();

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
          if (enqueued.contains(row.bigint(StoredRecord.ENQUEUED_TIME))
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
    StoredRecord.read(row, event);
    event.processedTime = System.currentTimeMillis();
    long takenTime = Math.floorDiv(row.bigint(PROCESSED_TIME), 1000L);
    if (row.isNull(INDEX)) {
      decoder.decode(event, takenTime, events);
    } else {
      // Of several in a record, quarantine has the bytes of the one.
      decoder.decodeOne(event, row.integer(INDEX), takenTime, events);
    }
  }
}
