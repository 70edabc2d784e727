package io.medallion.job.decode;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.rules.Rules;

/**
 * The whole verdict on a record: what its body says, completed by what the broker knows of it, the
 * key and the time of arrival.
 *
 * <p>Never throws. The same record gets the same verdict whoever asks, the job or a later look at
 * quarantined bytes. One instance a thread.
 */
public final class RecordDecoder {

  /** The station of events that tell none, neither in a field nor by the record's key. */
  public static final Text UNKNOWN_STATION = new Text("unknown");

  private final EventDecoder decoder;
  private final long futureTolerance;
  private final TextCache keys = new TextCache();

  public RecordDecoder(EventDecoder decoder, Rules rules) {
    this.decoder = decoder;
    this.futureTolerance = rules.futureTolerance().toMillis();
  }

  /** Of the kind that the job runs with. */
  public static RecordDecoder of(Rules rules) {
    return new RecordDecoder(EventDecoder.of(rules), rules);
  }

  /**
   * Fills the decoded fields and the verdict of a record from its body, key and enqueued time.
   *
   * @param arrival when the broker took the record, milliseconds since 1970. Mostly the enqueued
   *     time; but one that the sender may have made up proves nothing, and counts only as far as
   *     the clock of the job agreed: no more than the processed time
   */
  public void decode(WeatherRecord record, long arrival) {
    decoder.decode(record.body, record);
    if (record.isValid()) {
      completeStation(record);
      completeEventTime(record, arrival);
    }
  }

  /** The record's key is the station, as Event Hubs senders partition by it. */
  private void completeStation(WeatherRecord record) {
    if (record.stationId != null) {
      return;
    }
    if (record.key == null || record.key.length == 0) {
      record.stationId = UNKNOWN_STATION;
      return;
    }
    record.stationId = keys.get(record.key, 0, record.key.length);
    if (record.stationId == null) {
      record.reject(
          RejectReason.INVALID_TEXT,
          "the record's key, which stands in for stationId, is no printable text");
    }
  }

  private void completeEventTime(WeatherRecord record, long arrival) {
    if (record.eventTime == WeatherRecord.NO_EVENT_TIME) {
      record.eventTime = record.enqueuedTime;
      if (record.eventTime < 0) {
        record.reject(
            RejectReason.INVALID_EVENT_TIME, "neither the event nor the broker tells a time");
      }
    }
    long ahead = record.eventTime - arrival;
    if (ahead > futureTolerance) {
      record.reject(
          RejectReason.FUTURE_EVENT_TIME,
          "%d ms ahead of its arrival, at most %d are tolerated".formatted(ahead, futureTolerance));
    }
  }
}
