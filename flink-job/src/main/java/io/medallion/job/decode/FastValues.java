package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.Literals;
import io.medallion.contract.TimeFormat;
import io.medallion.contract.ValueForm;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;

/**
 * Reads, for {@link FastEventDecoder}, ordinary values of fields. Each method says whether the
 * value was such a one; if not, or if the cursor gave up, the strict decoder has to start over.
 */
final class FastValues {

  private final JsonCursor json;
  private final TextCache texts;
  private final UsualTime times;
  private final UsualTime lenientTimes;

  FastValues(JsonCursor json, TextCache texts, EventForm event) {
    this.json = json;
    this.texts = texts;
    this.times = new UsualTime(event.timeZone(), false);
    this.lenientTimes = new UsualTime(event.timeZone(), true);
  }

  /** Reads a text that the cursor has passed over. */
  boolean readText(Slot slot, byte[] body, int start, int end, EventRecord record) {
    Field field = slot.field();
    int index = slot.fieldIndex();
    Literals missing = field.form().missing();
    if (!missing.isEmpty()) {
      Text text = texts.get(body, start, end);
      if (text == null || missing.hasText(text.value)) {
        return text != null && mayBeAbsent(slot);
      }
    }
    switch (field.type()) {
      case COMPASS -> {
        CompassPoint point = CompassPoint.parse(body, start, end);
        record.numbers[index] = point == null ? Double.NaN : point.degrees();
        return point != null;
      }
      case STRING -> {
        return readAsText(field, index, body, start, end, record);
      }
      case TIMESTAMP -> {
        long time = time(field.format(), body, start, end);
        record.integers[index] = time;
        return time >= 0;
      }
      case BOOLEAN -> {
        Text text = field.form().trueValues().isEmpty() ? null : texts.get(body, start, end);
        return text != null && readTruth(field.form(), index, text, record);
      }
      default -> {
        return false;
      }
    }
  }

  private static boolean readTruth(ValueForm form, int index, Text text, EventRecord record) {
    boolean isTrue = form.trueValues().hasText(text.value);
    record.integers[index] = isTrue ? 1 : 0;
    return isTrue || form.falseValues().hasText(text.value);
  }

  /** Reads a value that is no text. */
  boolean readValue(Slot slot, byte[] body, EventRecord record) {
    Field field = slot.field();
    int index = slot.fieldIndex();
    ValueForm form = field.form();
    switch (field.type()) {
      case DOUBLE -> {
        double number = json.number();
        if (form.missing().hasNumber(number)) {
          return mayBeAbsent(slot);
        }
        record.numbers[index] = StrictValues.converted(field, number);
      }
      case COMPASS -> {
        double degrees = json.number();
        if (form.missing().hasNumber(degrees)) {
          return mayBeAbsent(slot);
        }
        record.numbers[index] = degrees;
        return CompassPoint.isDirection(degrees);
      }
      case LONG -> {
        long value = json.wholeNumber();
        if (form.missing().hasNumber((double) value)) {
          return mayBeAbsent(slot);
        }
        record.integers[index] = value;
        record.numbers[index] = value;
      }
      case BOOLEAN -> {
        if (!json.isNumberNext()) {
          record.integers[index] = json.bool();
          return true;
        }
        double number = json.number();
        if (form.missing().hasNumber(number)) {
          return mayBeAbsent(slot);
        }
        boolean isTrue = form.trueValues().hasNumber(number);
        record.integers[index] = isTrue ? 1 : 0;
        return isTrue || form.falseValues().hasNumber(number);
      }
      case TIMESTAMP -> {
        return form.missing().isEmpty() && readEpoch(field.format(), index, record);
      }
      case STRING -> {
        return form.acceptsNumber() && readNumberAsText(slot, body, record);
      }
    }
    return true;
  }

  private boolean readEpoch(TimeFormat format, int index, EventRecord record) {
    record.integers[index] = epoch(format);
    return record.integers[index] >= 0;
  }

  private boolean readNumberAsText(Slot slot, byte[] body, EventRecord record) {
    boolean isNumber = json.isNumberNext();
    int start = json.position();
    if (!isNumber) {
      json.bool();
    } else if (slot.field().form().missing().hasNumber(json.number())) {
      return mayBeAbsent(slot);
    }
    int end = json.position();
    return end <= body.length
        && readAsText(slot.field(), slot.fieldIndex(), body, start, end, record);
  }

  private boolean readAsText(
      Field field, int index, byte[] body, int start, int end, EventRecord record) {
    Text text = texts.get(body, start, end);
    record.texts[index] = text;
    return text != null
        && end - start <= field.maxLength()
        && StrictValues.isAllowed(field, text.value);
  }

  /** Whether the event may have no value here, and no other place has to be asked. */
  private static boolean mayBeAbsent(Slot slot) {
    return !slot.isRequired() && !slot.hasOtherPlace();
  }

  /** Milliseconds since 1970 of a number; negative if it is none of that format. */
  long epoch(TimeFormat format) {
    TimeFormat.Epoch epoch = format.epoch().orElse(null);
    long units = epoch == null ? -1 : json.wholeNumber();
    if (units < 0) {
      return -1;
    }
    return format.allowsDecimals() ? epoch.millis(units, json.thousandths()) : epoch.millis(units);
  }

  /** Milliseconds since 1970 of a text; negative if it is no usual one of that format. */
  long time(TimeFormat format, byte[] body, int start, int end) {
    if (!format.allowsIso()) {
      return UsualTime.UNUSUAL;
    }
    return (format.isLenient() ? lenientTimes : times).parse(body, start, end);
  }
}
