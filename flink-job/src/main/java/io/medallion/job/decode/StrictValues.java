package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.Literals;
import io.medallion.contract.Severity;
import io.medallion.contract.TimeFormat;
import io.medallion.contract.ValueForm;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.rules.QualityFlags;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;

/**
 * Reads single values of an event as the contract declares them, and notes what is wrong with them.
 * It is the one definition of what a value may be. Never moves the parser.
 */
final class StrictValues {

  /** What NaN and infinite numbers without quotes are here: of no type that a field has. */
  static final JsonToken NO_NUMBER = JsonToken.VALUE_EMBEDDED_OBJECT;

  private final EventForm event;
  private final EventTimeParser times;

  StrictValues(EventForm event) {
    this.event = event;
    this.times = new EventTimeParser(event.timeZone());
  }

  /** Reads the parser's value, which is not null, for what it is meant for beside a field. */
  void readRoles(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    // A value that does not count has to be right, too: else the order of members would matter.
    if (slot.isGroup()) {
      readGroup(slot, parser, token, record);
    }
    if (slot.isTime()) {
      readEventTime(slot, parser, token, record);
    }
    if (slot.isId()) {
      readId(slot, parser, token, record);
    }
  }

  /** Whether the parser's value stands for no value of a field. */
  static boolean isMissing(Field field, JsonParser parser, JsonToken token) throws IOException {
    Literals missing = field.form().missing();
    if (missing.isEmpty() || !token.isScalarValue()) {
      return false;
    }
    String text = parser.getText();
    if (token.isNumeric()) {
      return missing.hasNumber(Double.parseDouble(text));
    }
    String inQuotes = token == JsonToken.VALUE_STRING ? numberInQuotes(field, text) : null;
    return ((token == JsonToken.VALUE_STRING || token == NO_NUMBER) && missing.hasText(text))
        || (inQuotes != null && missing.hasNumber(Double.parseDouble(inQuotes)));
  }

  /** Reads the parser's value, which is not missing, for its field. */
  void readField(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    switch (slot.field().type()) {
      case DOUBLE -> readDouble(slot, parser, token, record);
      case LONG -> readLong(slot, parser, token, record);
      case BOOLEAN -> readBoolean(slot, parser, token, record);
      case STRING -> readText(slot, parser, token, record);
      case TIMESTAMP -> readTimestamp(slot, parser, token, record);
      case COMPASS -> readDirection(slot, parser, token, record);
    }
  }

  private static void readDouble(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    String inQuotes = numberInQuotes(slot, parser, token);
    double value;
    if (token.isNumeric()) {
      value = parser.getDoubleValue();
    } else if (inQuotes != null) {
      value = Double.parseDouble(inQuotes);
    } else {
      wrongType(slot, token, "a number", record);
      return;
    }
    record.numbers[slot.fieldIndex()] = converted(slot.field(), value);
  }

  /** In the unit of the column. */
  static double converted(Field field, double value) {
    return field.converted(value);
  }

  private static String numberInQuotes(Slot slot, JsonParser parser, JsonToken token)
      throws IOException {
    return token == JsonToken.VALUE_STRING ? numberInQuotes(slot.field(), parser.getText()) : null;
  }

  /**
   * A number as JSON writes it, of one in quotes; null if the field accepts none, or it is none.
   */
  private static String numberInQuotes(Field field, String text) {
    if (!field.acceptsText()) {
      return null;
    }
    // A point is then none: in 1.234 it would be one between thousands.
    String number = field.form().decimalComma() ? text.replace('.', ' ').replace(',', '.') : text;
    return JsonNumber.isOne(number) ? number : null;
  }

  private static void readLong(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    boolean isNumber = token.isNumeric() || numberInQuotes(slot, parser, token) != null;
    long value = isNumber ? wholeNumber(parser.getText()) : EventRecord.ABSENT;
    if (value != EventRecord.ABSENT) {
      record.integers[slot.fieldIndex()] = value;
      record.numbers[slot.fieldIndex()] = value;
      return;
    }
    if (!isNumber || token == JsonToken.VALUE_NUMBER_FLOAT) {
      wrongType(slot, token, "a whole number", record);
      return;
    }
    invalid(
        slot,
        RejectReason.WRONG_TYPE,
        "%s %s is no whole number of 64 bits"
            .formatted(slot.path(), SafeText.escape(parser.getText())),
        record);
  }

  /**
   * A number as JSON writes them, with decimals that are nought too; {@link EventRecord#ABSENT} if
   * it is not whole, or has more than 64 bits. Not asked of the parser: having told the type of an
   * integer beyond a long, Jackson 2.18 gives that number in place of the next fraction.
   */
  private static long wholeNumber(String number) {
    try {
      return new BigDecimal(number).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      return EventRecord.ABSENT;
    }
  }

  private static void readBoolean(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    boolean inQuotes = slot.field().acceptsText() && token == JsonToken.VALUE_STRING;
    ValueForm form = slot.field().form();
    if (token == JsonToken.VALUE_TRUE
        || (inQuotes && parser.getText().equals("true"))
        || isOneOf(form.trueValues(), parser, token)) {
      record.integers[slot.fieldIndex()] = 1;
    } else if (token == JsonToken.VALUE_FALSE
        || (inQuotes && parser.getText().equals("false"))
        || isOneOf(form.falseValues(), parser, token)) {
      record.integers[slot.fieldIndex()] = 0;
    } else {
      wrongType(slot, token, "true or false", record);
    }
  }

  private static boolean isOneOf(Literals literals, JsonParser parser, JsonToken token)
      throws IOException {
    if (literals.isEmpty()) {
      return false;
    }
    return token.isNumeric()
        ? literals.hasNumber(Double.parseDouble(parser.getText()))
        : token == JsonToken.VALUE_STRING && literals.hasText(parser.getText());
  }

  private static void readText(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    boolean isTaken =
        token == JsonToken.VALUE_STRING
            || (slot.field().form().acceptsNumber() && (token.isNumeric() || token.isBoolean()));
    if (!isTaken) {
      wrongType(slot, token, "text", record);
      return;
    }
    String text = parser.getText();
    String defect = TextRules.defect(text, slot.field().maxLength());
    if (defect != null) {
      invalid(slot, RejectReason.INVALID_TEXT, slot.path() + ": " + defect, record);
    } else if (!isAllowed(slot.field(), text)) {
      invalid(
          slot,
          RejectReason.VALUE_NOT_ALLOWED,
          "%s %s is none of %s"
              .formatted(
                  slot.path(),
                  SafeText.quote(text),
                  SafeText.escape(String.join(", ", slot.field().values()))),
          record);
    } else {
      record.texts[slot.fieldIndex()] = new Text(text);
    }
  }

  /** Whether the text is one of those that the contract lists, if it lists any. */
  static boolean isAllowed(Field field, String text) {
    return field.values().isEmpty() || field.values().contains(text);
  }

  private void readTimestamp(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    TimeFormat format = slot.field().format();
    long time = time(format, parser, token);
    if (time < 0) {
      invalid(
          slot,
          token == JsonToken.VALUE_STRING || token.isNumeric()
              ? RejectReason.INVALID_TEXT
              : RejectReason.WRONG_TYPE,
          "%s %s is not %s from 1970 on"
              .formatted(slot.path(), shown(parser, token), format.expected()),
          record);
    } else {
      record.integers[slot.fieldIndex()] = time;
    }
  }

  private static void readDirection(
      Slot slot, JsonParser parser, JsonToken token, EventRecord record) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      byte[] name = parser.getText().getBytes(StandardCharsets.UTF_8);
      CompassPoint point = CompassPoint.parse(name, 0, name.length);
      if (point != null) {
        record.numbers[slot.fieldIndex()] = point.degrees();
        return;
      }
    } else if (token.isNumeric()) {
      double degrees = parser.getDoubleValue();
      if (CompassPoint.isDirection(degrees)) {
        record.numbers[slot.fieldIndex()] = degrees;
        return;
      }
    } else {
      wrongType(slot, token, "text or a number", record);
      return;
    }
    invalid(
        slot,
        RejectReason.UNKNOWN_WIND_DIRECTION,
        SafeText.quote(parser.getText()) + " is no compass point and not within 0..360",
        record);
  }

  private void readGroup(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    boolean isNumber = event.key().acceptsNumber() && token == JsonToken.VALUE_NUMBER_INT;
    if (token != JsonToken.VALUE_STRING && !isNumber) {
      rejectType(slot, token, "text", record);
      return;
    }
    String text = parser.getText();
    if (text.isEmpty()) {
      record.reject(RejectReason.INVALID_TEXT, slot.path() + " is empty");
    }
    Text group = printable(slot, text, record);
    if (group != null && slot.keyPart() >= 0) {
      record.setKeyPart(slot.keyPart(), group);
    }
    if (group != null && slot.groupRank() < record.groupRank) {
      record.group = group;
      record.groupRank = slot.groupRank();
    }
  }

  private void readEventTime(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    TimeFormat format = event.timeFormat();
    if (!token.isScalarValue() || token.isBoolean()) {
      rejectType(slot, token, format.epoch().isPresent() ? "text or an integer" : "text", record);
      return;
    }
    long time = time(format, parser, token);
    if (time < 0) {
      record.reject(
          RejectReason.INVALID_EVENT_TIME,
          "%s %s is not %s from 1970 on"
              .formatted(slot.path(), SafeText.quote(parser.getText()), format.expected()));
    }
    if (slot.timeRank() < record.timeRank) {
      record.eventTime = time;
      record.timeRank = slot.timeRank();
      record.tellsTime = true;
    }
  }

  /** Milliseconds since 1970; negative if it is none. */
  private long time(TimeFormat format, JsonParser parser, JsonToken token) throws IOException {
    boolean hasEpoch = format.epoch().isPresent();
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      return hasEpoch && format.acceptsText() && JsonNumber.isOne(text)
          ? EventTimeParser.parseEpoch(text, format)
          : times.parse(text, format);
    }
    return hasEpoch && token.isNumeric()
        ? EventTimeParser.parseEpoch(parser.getText(), format)
        : EventTimeParser.INVALID;
  }

  private void readId(Slot slot, JsonParser parser, JsonToken token, EventRecord record)
      throws IOException {
    boolean isNumber = event.id().acceptsNumber() && token == JsonToken.VALUE_NUMBER_INT;
    if (token != JsonToken.VALUE_STRING && !isNumber) {
      rejectType(slot, token, "text", record);
      return;
    }
    String text = parser.getText();
    Text id = printable(slot, text, record);
    // A blank id is none: many events may have it that are not the same.
    if (id != null && !text.isBlank() && slot.idRank() < record.idRank) {
      record.eventId = id.utf8;
      record.idRank = slot.idRank();
    }
  }

  private static Text printable(Slot slot, String text, EventRecord record) {
    String defect = TextRules.defect(text);
    if (defect != null) {
      record.reject(RejectReason.INVALID_TEXT, slot.path() + ": " + defect);
      return null;
    }
    return new Text(text);
  }

  private static String shown(JsonParser parser, JsonToken token) throws IOException {
    return token.isScalarValue() ? SafeText.quote(parser.getText()) : JsonEventReader.kind(token);
  }

  private static void wrongType(Slot slot, JsonToken token, String expected, EventRecord record) {
    invalid(slot, RejectReason.WRONG_TYPE, typeDefect(slot, token, expected), record);
  }

  private static void rejectType(Slot slot, JsonToken token, String expected, EventRecord record) {
    record.reject(RejectReason.WRONG_TYPE, typeDefect(slot, token, expected));
  }

  private static String typeDefect(Slot slot, JsonToken token, String expected) {
    return "%s is %s instead of %s".formatted(slot.path(), JsonEventReader.kind(token), expected);
  }

  /** A field that is not as declared: the event is rejected, or the field becomes null. */
  private static void invalid(Slot slot, RejectReason reason, String detail, EventRecord record) {
    if (slot.field().onInvalid() == Severity.WARN) {
      record.warn(QualityFlags.invalid(slot.fieldIndex()));
    } else {
      record.reject(reason, detail);
    }
  }
}
