package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.EventForm.Encoding;
import io.medallion.contract.EventForm.Records;
import io.medallion.contract.JsonPath;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.RejectReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Takes the events out of the body of a record: data out of a text, the elements out of an array,
 * each line. Each event becomes a body of its own, with the envelope that is around all of them, so
 * that it is decoded like a record with one event.
 *
 * <p>Brackets and quotes decide where an event ends, so that no sender can move what is inside of
 * one into its envelope. Whether what is between them is JSON, the decoder finds out for each
 * event.
 *
 * <p>What a record becomes is bounded: {@link EventLimits#EVENTS} and {@link
 * EventLimits#RECORD_BYTES}.
 */
final class EventBodies {

  /** An event on its own. */
  static final class EventBody {
    final byte[] bytes;

    /** Null if it can be decoded. */
    final RejectReason defect;

    final String detail;

    /** Whether it is all of the body, in which no events could be told from each other. */
    boolean isWhole;

    private EventBody(byte[] bytes, RejectReason defect, String detail) {
      this.bytes = bytes;
      this.defect = defect;
      this.detail = detail;
    }

    private EventBody(byte[] bytes) {
      this(bytes, null, null);
    }
  }

  private final Records records;
  private final Optional<Encoding> encoding;
  private final List<String> path;
  private final List<EventBody> events = new ArrayList<>();
  private long bytes;
  private RejectReason defect;
  private String detail;

  private EventBodies(EventForm form) {
    records = form.records();
    encoding = form.encoding();
    path = form.data().map(JsonPath::names).orElse(List.of());
  }

  /** Empty if the body of each record is one event as it is. */
  static Optional<EventBodies> of(EventForm form) {
    return form.hasSeveral() || form.encoding().isPresent()
        ? Optional.of(new EventBodies(form))
        : Optional.empty();
  }

  /**
   * Reads the body of a record.
   *
   * @return its events; none if it is rejected as a whole, see {@link #defect} and {@link #detail}
   */
  List<EventBody> read(byte[] body) {
    events.clear();
    bytes = 0;
    defect = null;
    if (records == Records.LINES && !BodyPreparation.isGzip(body)) {
      readLines(body);
    } else {
      readOne(body);
    }
    return defect == null ? events : List.of();
  }

  RejectReason defect() {
    return defect;
  }

  String detail() {
    return detail;
  }

  private void reject(RejectReason reason, String why) {
    defect = reason;
    detail = why;
  }

  private void readLines(byte[] body) {
    int start = 0;
    for (int at = 0; at <= body.length && defect == null; at++) {
      if (at == body.length || body[at] == '\n') {
        if (!isBlank(body, start, at)) {
          add(decoded(Arrays.copyOfRange(body, start, at)));
        }
        start = at + 1;
      }
    }
    if (events.isEmpty() && defect == null) {
      reject(RejectReason.EMPTY_BODY, "the body has no line with an event");
    }
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void readOne(byte[] body) {
    EventBody whole = decoded(body);
    JsonScanner json = new JsonScanner(whole.bytes);
    int data = data(json);
    if (records == Records.ARRAY && whole.defect == null && json.isAt(data, '[')) {
      readElements(whole.bytes, json, data);
    } else {
      whole.isWhole = whole.defect != null || !json.isAt(data, '{');
      add(whole);
    }
  }

  /** Where the data is; {@link JsonScanner#NONE} if it is not where the contract says. */
  private int data(JsonScanner json) {
    int at = json.skipSpace(0);
    for (String name : path) {
      at = json.member(at, name);
    }
    return at;
  }

  private void readElements(byte[] body, JsonScanner json, int array) {
    int end = json.endOf(array);
    if (end == JsonScanner.NONE) {
      reject(RejectReason.INVALID_JSON, "the brackets of the array of events do not match");
      return;
    }
    if (path.isEmpty() && json.skipSpace(end) < body.length) {
      reject(RejectReason.TRAILING_DATA, BodyForm.rest(body, end));
      return;
    }
    int last = end - 1;
    int at = json.skipSpace(array + 1);
    if (at == last) {
      reject(RejectReason.EMPTY_BODY, "the array has no events");
    }
    while (at < end && defect == null) {
      int behind = json.endOf(at);
      int comma = behind == JsonScanner.NONE ? JsonScanner.NONE : json.skipSpace(behind);
      if (comma != last && !json.isAt(comma, ',')) {
        reject(
            RejectReason.INVALID_JSON,
            "byte %d: element %d of the array is no value".formatted(at, events.size()));
        return;
      }
      add(new EventBody(Splice.of(body, array, end, body, at, behind)));
      at = comma == last ? end : json.skipSpace(comma + 1);
    }
  }

  private void add(EventBody event) {
    bytes += event.bytes.length;
    if (events.size() == EventLimits.EVENTS) {
      reject(
          RejectReason.BODY_TOO_LARGE,
          "more than %d events, which are allowed in a record".formatted(EventLimits.EVENTS));
    } else if (bytes > EventLimits.RECORD_BYTES) {
      reject(
          RejectReason.BODY_TOO_LARGE,
          "its events, each with its envelope, have more than %d bytes, which are allowed"
              .formatted(EventLimits.RECORD_BYTES));
    } else {
      events.add(event);
    }
  }

  /** With the data in place of the text that it is in; as it is if there is no such text. */
  private EventBody decoded(byte[] body) {
    if (encoding.isEmpty()) {
      return new EventBody(body);
    }
    JsonScanner json = new JsonScanner(body);
    int start = data(json);
    if (path.isEmpty() && encoding.get() == Encoding.BASE64 && isBareText(body, json, start)) {
      return replaced(body, 0, body.length, base64(body));
    }
    int end = json.isAt(start, '"') ? json.endOf(start) : JsonScanner.NONE;
    return end == JsonScanner.NONE
        ? new EventBody(body)
        : replaced(body, start, end, content(body, start, end));
  }

  /** Whether the body is a text without quotes, which base64 does not need. */
  private static boolean isBareText(byte[] body, JsonScanner json, int start) {
    return start < body.length
        && !json.isAt(start, '"')
        && !json.isAt(start, '{')
        && !json.isAt(start, '[');
  }

  /**
   * The body with data in place of a text.
   *
   * @param data null if there is none in the text
   */
  private EventBody replaced(byte[] body, int from, int to, byte[] data) {
    if (data == null || !isOneValue(data)) {
      return new EventBody(
          body,
          RejectReason.INVALID_JSON,
          data == null
              ? "the data is not encoded as " + encoding.orElseThrow()
              : "what the data has encoded is no JSON value");
    }
    return new EventBody(Splice.of(body, from, to, data, 0, data.length));
  }

  /** What a JSON string has encoded; null if nothing. */
  private byte[] content(byte[] body, int from, int to) {
    String text = JsonScanner.unescaped(body, from, to);
    if (text == null) {
      return null;
    }
    byte[] data = text.getBytes(UTF_8);
    return encoding.orElseThrow() == Encoding.BASE64 ? base64(data) : data;
  }

  private static byte[] base64(byte[] text) {
    try {
      return Base64.getDecoder().decode(new String(text, ISO_8859_1).strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isOneValue(byte[] data) {
    JsonScanner json = new JsonScanner(data);
    int end = json.endOf(json.skipSpace(0));
    return end != JsonScanner.NONE && json.skipSpace(end) == data.length;
  }
}
