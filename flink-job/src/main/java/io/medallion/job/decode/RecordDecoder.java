package io.medallion.job.decode;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.rules.EventTimeRule;
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
  private final EventTimeRule eventTime;
  private final TextCache keys = new TextCache();

  public RecordDecoder(EventDecoder decoder, Rules rules) {
    this.decoder = decoder;
    this.eventTime = rules.eventTime();
  }

  /** Of the kind that the job runs with. */
  public static RecordDecoder of(Rules rules) {
    return new RecordDecoder(EventDecoder.of(rules), rules);
  }

  /**
   * Fills the decoded fields, the arrival and the verdict of a record from its body, key and
   * enqueued time.
   *
   * @param takenTime when the job first took the record, milliseconds since 1970
   */
  public void decode(WeatherRecord record, long takenTime) {
    decoder.decode(record.body, record);
    record.arrivalTime = eventTime.arrival(record.enqueuedTime, record.timeIsSenders, takenTime);
    if (record.isValid()) {
      completeStation(record);
      completeEventTime(record);
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

  private void completeEventTime(WeatherRecord record) {
    if (record.eventTime == WeatherRecord.NO_EVENT_TIME) {
      record.eventTime = record.enqueuedTime;
      if (record.eventTime < 0) {
        record.reject(
            RejectReason.INVALID_EVENT_TIME, "neither the event nor the broker tells a time");
        return;
      }
    }
    eventTime.check(record);
  }
}
