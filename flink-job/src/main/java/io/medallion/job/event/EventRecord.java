package io.medallion.job.event;

import java.util.Arrays;

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
public final class EventRecord {

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

  /**
   * The bytes of this event among those of the record, with the envelope that all of them share. Of
   * a record that is one event, or that is rejected as a whole, {@link #body}.
   */
  public byte[] event;

  /**
   * The event's place in the record, from 0 on; {@link #WHOLE} if the record is rejected as a
   * whole. Always 0 if the contract has one event a record.
   */
  public int index;

  // The verdict.

  /** Null for a valid event. */
  public RejectReason reason;

  /** The code of the rule that the event breaks; null unless that is the {@link #reason}. */
  public String brokenRule;

  /** For people: what exactly is wrong, with no more than a short, escaped piece of the input. */
  public String detail;

  /** What is noted about a valid event, a bit each; see {@code QualityFlags}. */
  public long[] qualityFlags = {};

  // What it says: for each field of the contract, then for each column that is an expression.

  /** Numbers, and directions in degrees; NaN if the event has none. */
  public double[] numbers = {};

  /**
   * Whole numbers, booleans as 0 and 1, and instants in milliseconds; {@link #ABSENT} if the event
   * has none.
   */
  public long[] integers = {};

  /** Texts; null if the event has none. */
  public Text[] texts = {};

  /** What groups events, by the contract: never null in a valid event. */
  public Text group;

  /**
   * The parts in the body of a key that is joined, by their places there; null if not there. Of the
   * decoder alone: no other operator has them.
   */
  private transient Text[] keyParts = {};

  /** Where {@link #group} comes from: the place in the contract's order, or {@link #NOWHERE}. */
  public int groupRank;

  public long eventTime;

  /** Where {@link #eventTime} comes from, as {@link #groupRank}. */
  public int timeRank;

  /** Whether the sender tells {@link #eventTime}. */
  public boolean tellsTime;

  /** UTF-8, never empty, or null. */
  public byte[] eventId;

  /** Where {@link #eventId} comes from, as {@link #groupRank}. */
  public int idRank;

  /**
   * The names of values that the contract does not know, as a contract would name them; the first
   * {@link #MOST_UNKNOWN}.
   */
  public String[] unknownFields = {};

  /** Those values: a JSON object by those names, in UTF-8. Null without any, or if not kept. */
  public byte[] extras;

  // What the partition before it says of it.

  /** Which of its windows had closed when it came: a bit for each size, the first one's lowest. */
  public int missedSizes;

  /** For each size of windows: how long one that it missed had been closed, in event time. */
  public long[] missedBy = {};

  /** In the table of late events: the size of the missed window that the row is about. */
  public int lateSize;

  /** In the table of late events: how long that window had been closed, in event time. */
  public long latenessMillis;

  /**
   * For each path of gold, from when on windows can have all their events: those that begin before
   * had begun before the path was there. Shared by all events; empty if no path is newer than the
   * job.
   */
  public long[] completeFrom = {};

  /** Notes a part of the key; of several for the same part, the first stays. */
  public void setKeyPart(int part, Text text) {
    if (part >= keyParts.length) {
      keyParts = Arrays.copyOf(keyParts, part + 1);
    }
    keyParts[part] = keyParts[part] == null ? text : keyParts[part];
  }

  /** A part of the key that is in the body; null if it is not there. */
  public Text keyPart(int part) {
    return part < keyParts.length ? keyParts[part] : null;
  }

  /** Whether no event of the same record came before. */
  public boolean isFirst() {
    return index <= 0;
  }

  public boolean isValid() {
    return reason == null;
  }

  /** Whether it came after its window of some size had closed. */
  public boolean isLate() {
    return missedSizes != 0;
  }

  /** Whether it came after its window of that size had closed. */
  public boolean isLate(int size) {
    return (missedSizes & 1 << size) != 0;
  }

  /** Notes that its window of that size had been closed for so long, in event time. */
  public void miss(int size, long millis) {
    missedSizes |= 1 << size;
    if (size >= missedBy.length) {
      missedBy = Arrays.copyOf(missedBy, size + 1);
    }
    missedBy[size] = millis;
  }

  /** Whether the event has a value in that place. */
  public boolean has(int value) {
    return !Double.isNaN(numbers[value]) || integers[value] != ABSENT || texts[value] != null;
  }

  /** Notes a defect; of several the first in {@link RejectReason}'s order stays. */
  public void reject(RejectReason candidate, String candidateDetail) {
    if (reason == null || candidate.compareTo(reason) < 0) {
      reason = candidate;
      detail = candidateDetail;
    }
  }

  /** Notes that a valid event breaks a rule of the contract. */
  public void rejectBy(String rule, String candidateDetail) {
    reject(RejectReason.BROKEN_RULE, candidateDetail);
    brokenRule = rule;
  }

  /** What quarantine calls the reason of an event that is not valid. */
  public String reasonCode() {
    return reason == RejectReason.BROKEN_RULE ? brokenRule : reason.name();
  }

  /** Notes something that is only flagged. */
  public void warn(int flag) {
    int word = flag / Long.SIZE;
    if (word >= qualityFlags.length) {
      qualityFlags = Arrays.copyOf(qualityFlags, word + 1);
    }
    qualityFlags[word] |= 1L << flag;
  }

  /** Whether anything is noted about the event. */
  public boolean isFlagged() {
    for (long word : qualityFlags) {
      if (word != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Forgets the verdict and what was decoded of the previous event; lineage stays.
   *
   * @param values that an event of the contract has
   */
  public void clearDecoded(int values) {
    if (numbers.length != values) {
      numbers = new double[values];
      integers = new long[values];
      texts = new Text[values];
    }
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(integers, ABSENT);
    Arrays.fill(texts, null);
    Arrays.fill(qualityFlags, 0);
    reason = null;
    brokenRule = null;
    detail = null;
    group = null;
    groupRank = NOWHERE;
    if (keyParts.length > 0) {
      Arrays.fill(keyParts, null);
    }
    eventTime = NO_EVENT_TIME;
    timeRank = NOWHERE;
    tellsTime = false;
    eventId = null;
    idRank = NOWHERE;
    if (unknownFields.length > 0) {
      unknownFields = new String[0];
    }
    extras = null;
    missedSizes = 0;
    lateSize = 0;
    latenessMillis = 0;
  }

  /** Stands in {@link #eventTime} while the event has not told its time. */
  public static final long NO_EVENT_TIME = Long.MIN_VALUE;

  /** Stands in {@link #integers} for no value. */
  public static final long ABSENT = Long.MIN_VALUE;

  /** As many unknown names as are told of an event. */
  public static final int MOST_UNKNOWN = 64;

  /** Stands in {@link #index} for the record itself. */
  public static final int WHOLE = -1;

  /** The rank after all that a contract can have. */
  public static final int NOWHERE = Integer.MAX_VALUE;
}
