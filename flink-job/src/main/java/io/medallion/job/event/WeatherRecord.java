package io.medallion.job.event;

/**
 * One event with where it came from, what it says and the verdict on it.
 *
 * <p>The hot path of the job: the source refills ONE instance per subtask for every event. That is
 * safe because everything up to the table writers and the window combiner is chained to the source
 * and keeps nothing of it beyond the call. It is a Flink POJO, with public fields and no rules of
 * its own, so that a chain that is broken, as by a debugger, still works, only slower. All of the
 * chain has one parallelism: the state of a partition is where the partition is read.
 *
 * <p>Times are milliseconds since 1970, UTC. The decoded fields mean something only while {@link
 * #isValid}.
 */
public final class WeatherRecord {

  // Where it came from.

  /** The Event Hub that it was read from, by the name that the lake has for it. */
  public Text eventHub;

  public int partition;
  public long offset;

  /** Where the state of the partition is; see {@code EventHubSplit}. */
  public int keyGroup;

  /**
   * The offset after that of the record before it in the partition, or at which reading began. If
   * it is not {@link #offset}, the broker delivered no record for it and those up to there.
   */
  public long expectedOffset;

  /** Of the expected offset and those after it, the records before this one expired unread. */
  public long expiredBefore;

  /** The record's timestamp: in Event Hubs the enqueued time. */
  public long enqueuedTime;

  /** Whether the sender set {@link #enqueuedTime} (Kafka's {@code CreateTime}), not the broker. */
  public boolean timeIsSenders;

  /** When the broker took the record, as far as that is known; see {@code EventTimeRule}. */
  public long arrivalTime;

  /** When this job took the event. */
  public long processedTime;

  /** The record's key as sent; null without one. */
  public byte[] key;

  /** Names and values of the record's headers; null without any. */
  public String[] headerNames;

  public byte[][] headerValues;

  /** The bytes as sent; null for a tombstone. */
  public byte[] body;

  // The verdict.

  /** Null for a valid event. */
  public RejectReason reason;

  /** For people: what exactly is wrong, with no more than a short, escaped piece of the input. */
  public String detail;

  /** The rules that only warn and that the event breaks, a bit each; see {@code QualityFlags}. */
  public int qualityFlags;

  // What it says.

  /** °C. */
  public double temperature;

  /** Relative, %. */
  public double humidity;

  /** km/h. */
  public double windSpeed;

  /** The point in whose sector {@link #windDirectionDegrees} is. */
  public CompassPoint windDirection;

  /** Where the wind comes from, 0 to 360: as sent, or that of the compass point sent. */
  public double windDirectionDegrees;

  /** mm. */
  public double precipitation;

  public Text conditions;
  public Text stationId;
  public long eventTime;

  /** Whether the event tells {@link #eventTime} itself. */
  public boolean tellsTime;

  /** UTF-8, never empty, or null. */
  public byte[] eventId;

  // What the partition before it says of it.

  /** Whether its window had closed when it came. */
  public boolean late;

  /** How long its window had been closed when a late event came, in event time; else 0. */
  public long latenessMillis;

  public boolean isValid() {
    return reason == null;
  }

  /** Notes a defect; of several the first in {@link RejectReason}'s order stays. */
  public void reject(RejectReason candidate, String candidateDetail) {
    if (reason == null || candidate.compareTo(reason) < 0) {
      reason = candidate;
      detail = candidateDetail;
    }
  }

  /** Notes that a rule was broken that only warns. */
  public void warn(int flag) {
    qualityFlags |= flag;
  }

  /** Forgets the verdict and what was decoded of the previous event; lineage stays. */
  public void clearDecoded() {
    reason = null;
    detail = null;
    qualityFlags = 0;
    temperature = 0;
    humidity = 0;
    windSpeed = 0;
    windDirection = null;
    windDirectionDegrees = 0;
    precipitation = 0;
    conditions = null;
    stationId = null;
    eventTime = NO_EVENT_TIME;
    tellsTime = false;
    eventId = null;
    late = false;
    latenessMillis = 0;
  }

  /** Stands in {@link #eventTime} while the event has not told its time. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;
}
