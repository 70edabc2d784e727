package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.Origin;
import io.medallion.contract.TimeFormat;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.rules.EventTimeRule;
import io.medallion.job.rules.Rules;
import io.medallion.job.table.ShownText;
import java.util.Arrays;
import java.util.List;

/**
 * The whole verdict on a record: what its body says, completed by what its key and headers and the
 * broker tell of it, and the time of arrival.
 *
 * <p>Never throws. The same record gets the same verdict whoever asks, the job or a later look at
 * quarantined bytes. One instance a thread.
 */
public final class RecordDecoder {

  private final EventDecoder decoder;
  private final int values;
  private final BodyPreparation preparation;

  /** Null if the body of each record is one event as it is. */
  private final EventBodies bodies;

  private final EventForm form;
  private final EventTimeRule eventTime;
  private final EventExpressions expressions;
  private final EventTimeParser times;
  private final Text otherwise;
  private final TextCache keys = new TextCache();
  private final KeyJoin keyJoin;

  public RecordDecoder(EventDecoder decoder, Rules rules) {
    this.decoder = decoder;
    this.values = rules.contract().valueCount();
    this.preparation = new BodyPreparation(rules.contract().event());
    this.bodies = EventBodies.of(rules.contract().event()).orElse(null);
    this.form = rules.contract().event();
    this.eventTime = rules.eventTime();
    this.expressions = new EventExpressions(rules.contract());
    this.times = new EventTimeParser(form.timeZone());
    this.keyJoin = new KeyJoin(form.key());
    this.otherwise = new Text(form.key().otherwise());
  }

  /** Of the kind that the job runs with. */
  public static RecordDecoder of(Rules rules) {
    return new RecordDecoder(EventDecoder.of(rules), rules);
  }

  /** Takes the events of a record, in their order; keeps none. */
  @FunctionalInterface
  public interface Events {
    void take(EventRecord event);
  }

  /** Stands for the time of arrival where it is not known: no event time is held against it. */
  public static final long NO_ARRIVAL = Long.MIN_VALUE;

  /**
   * Finds the events in a record's body, and fills for each the decoded fields, the columns that
   * are expressions, the arrival and the verdict from that, the record's key, headers and enqueued
   * time. There is at least one: a record without an event is rejected as a whole.
   *
   * @param record used for each of the events, one after the other
   * @param takenTime when the job first took the record, milliseconds since 1970, or {@link
   *     #NO_ARRIVAL}
   */
  public void decode(EventRecord record, long takenTime, Events events) {
    record.event = record.body;
    record.index = form.hasSeveral() ? EventRecord.WHOLE : 0;
    byte[] prepared = record.body == null ? null : preparation.prepared(record.body);
    if (prepared == null && record.body != null) {
      rejectUnread(
          record, RejectReason.INVALID_JSON, "the body begins as gzip does, and is damaged");
      completed(record, takenTime, events);
    } else if (bodies == null || prepared == null) {
      decoder.decode(prepared, record);
      completed(record, takenTime, events);
    } else {
      decodeAll(bodies.read(prepared), record, takenTime, events);
    }
  }

  /**
   * As {@link #decode}, for one of several events of a record.
   *
   * @param record its body is that of the event alone
   * @param index the event's place in the record
   */
  public void decodeOne(EventRecord record, int index, long takenTime, Events events) {
    record.event = record.body;
    record.index = index;
    decoder.decode(preparation.trimmed(record.body), record);
    completed(record, takenTime, events);
  }

  private void decodeAll(
      List<EventBodies.EventBody> found, EventRecord record, long takenTime, Events events) {
    if (found.isEmpty()) {
      rejectUnread(record, bodies.defect(), bodies.detail());
      completed(record, takenTime, events);
    }
    for (EventBodies.EventBody event : found) {
      if (event.defect == null) {
        decoder.decode(event.bytes, record);
      } else {
        rejectUnread(record, event.defect, event.detail);
      }
      if (form.hasSeveral() && (record.isValid() || !event.isWhole)) {
        record.event = event.bytes;
        record.index++;
      }
      completed(record, takenTime, events);
    }
  }

  private void rejectUnread(EventRecord record, RejectReason reason, String detail) {
    record.clearDecoded(values);
    record.reject(reason, detail);
  }

  private void completed(EventRecord record, long takenTime, Events events) {
    if (record.isValid()) {
      completeGroup(record);
      completeTime(record);
      completeId(record);
    }
    if (takenTime != NO_ARRIVAL) {
      record.arrivalTime = eventTime.arrival(record.enqueuedTime, record.timeIsSenders, takenTime);
      if (record.isValid()) {
        checkEventTime(record);
      }
    }
    if (record.isValid()) {
      expressions.evaluate(record);
    }
    events.take(record);
  }

  private void completeGroup(EventRecord record) {
    List<Origin> origins = form.key().from();
    for (int rank = 0; rank < Math.min(origins.size(), record.groupRank); rank++) {
      if (origins.get(rank) instanceof Origin.Joined joined) {
        Text text = keyJoin.join(joined, record, part -> outside(part, record));
        if (text != null) {
          record.group = text;
          record.groupRank = rank;
        }
        if (text != null || !record.isValid()) {
          return;
        }
        continue;
      }
      byte[] value = outsideTheBody(origins.get(rank), record);
      if (value != null && value.length > 0) {
        record.group = printable(value, origins.get(rank), record);
        record.groupRank = rank;
        return;
      }
    }
    if (record.groupRank == EventRecord.NOWHERE) {
      record.group = otherwise;
    }
  }

  /** A part of the key that is not in the body; null if it is not there, or no text. */
  private Text outside(Origin origin, EventRecord record) {
    byte[] value = outsideTheBody(origin, record);
    return value == null ? null : printable(value, origin, record);
  }

  /** A text outside of the body for the key; null, and the event is rejected, if it is none. */
  private Text printable(byte[] value, Origin origin, EventRecord record) {
    Text text = keys.get(value, 0, value.length);
    if (text == null) {
      record.reject(
          RejectReason.INVALID_TEXT,
          "the record's %s, which stands in for %s, is no printable text"
              .formatted(called(origin), form.key().column()));
    }
    return text;
  }

  private void completeTime(EventRecord record) {
    List<Origin> origins = form.timeFrom();
    for (int rank = 0; rank < Math.min(origins.size(), record.timeRank); rank++) {
      Origin origin = origins.get(rank);
      if (origin instanceof Origin.EnqueuedTime) {
        record.eventTime = record.enqueuedTime;
        record.timeRank = rank;
        record.tellsTime = false;
        return;
      }
      byte[] value = outsideTheBody(origin, record);
      if (value != null && value.length > 0) {
        record.eventTime = time(value);
        record.timeRank = rank;
        record.tellsTime = true;
        if (record.eventTime < 0) {
          record.reject(
              RejectReason.INVALID_EVENT_TIME,
              "the record's %s %s is not %s from 1970 on"
                  .formatted(
                      called(origin),
                      SafeText.quote(ShownText.ofKey(value)),
                      form.timeFormat().expected()));
        }
        return;
      }
    }
    if (record.eventTime == EventRecord.NO_EVENT_TIME) {
      record.eventTime = record.enqueuedTime;
    }
  }

  /** Milliseconds since 1970 of a header; negative if it is none. */
  private long time(byte[] value) {
    String text = ShownText.ofKey(value).strip();
    TimeFormat format = form.timeFormat();
    return format.epoch().isPresent() && text.matches("[0-9]{1,19}(\\.[0-9]{1,19})?")
        ? EventTimeParser.parseEpoch(text, format)
        : times.parse(text, format);
  }

  private void completeId(EventRecord record) {
    List<Origin> origins = form.id().from();
    for (int rank = 0; rank < Math.min(origins.size(), record.idRank); rank++) {
      byte[] value = outsideTheBody(origins.get(rank), record);
      Text id = value == null ? null : keys.get(value, 0, value.length);
      if (id != null && !id.value.isBlank()) {
        record.eventId = id.utf8;
        record.idRank = rank;
        return;
      }
    }
  }

  /** The bytes of the key or of a header; null if there is none, or the origin is the body. */
  private byte[] outsideTheBody(Origin origin, EventRecord record) {
    if (origin instanceof Origin.RecordKey) {
      return record.key;
    }
    if (origin instanceof Origin.InHeader header && record.headerNames != null) {
      int index = Arrays.asList(record.headerNames).lastIndexOf(header.name());
      return index < 0 ? null : text(record.headerValues[index]);
    }
    return null;
  }

  /**
   * A header's text in UTF-8. Senders of AMQP have a type code before it: one that is looked for
   * only where the bytes are no text by themselves, as codes of small values are letters.
   */
  private byte[] text(byte[] header) {
    if (header == null || keys.get(header, 0, header.length) != null) {
      return header;
    }
    String text = ShownText.ofHeader(header);
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static String called(Origin origin) {
    return origin instanceof Origin.InHeader header ? "header " + header.name() : "key";
  }

  private void checkEventTime(EventRecord record) {
    if (record.eventTime < 0) {
      record.reject(
          RejectReason.INVALID_EVENT_TIME, "neither the event nor the broker tells a time");
      return;
    }
    eventTime.check(record);
  }
}
