package io.medallion.job.decode;

import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.ValueForm;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;

/**
 * Reads, for {@link FastEventDecoder}, ordinary values of fields that may come in another JSON type
 * than their own, or be missing by their value. Each method says whether the value was such a one;
 * if not, the strict decoder has to start over.
 */
final class LenientValues {

  private final JsonCursor json;
  private final TextCache texts;

  LenientValues(JsonCursor json, TextCache texts) {
    this.json = json;
    this.texts = texts;
  }

  /** Whether a text stands for no value. */
  boolean isMissing(Slot slot, Text text) {
    return slot.field().form().missing().hasText(text.value);
  }

  /** Whether the event may have no value here, and no other place has to be asked. */
  static boolean mayBeAbsent(Slot slot) {
    return !slot.isRequired() && !slot.hasOtherPlace();
  }

  /** Reads a text that stands for true or false. */
  static boolean readTruth(Slot slot, Text text, EventRecord record) {
    ValueForm form = slot.field().form();
    boolean isTrue = form.trueValues().hasText(text.value);
    record.integers[slot.fieldIndex()] = isTrue ? 1 : 0;
    return isTrue || form.falseValues().hasText(text.value);
  }

  /** Reads a value that is no text. */
  boolean readValue(Slot slot, byte[] body, EventRecord record) {
    Field field = slot.field();
    int index = slot.fieldIndex();
    if (!json.isNumberNext()) {
      return switch (field.type()) {
        case BOOLEAN -> {
          record.integers[index] = json.bool();
          yield true;
        }
        case STRING -> {
          int start = json.position();
          json.bool();
          yield readAsText(slot, body, start, record);
        }
        default -> false;
      };
    }
    if (field.type() == FieldType.LONG || field.type() == FieldType.TIMESTAMP) {
      return readWholeNumber(slot, record);
    }
    int start = json.position();
    double number = json.number();
    if (Double.isNaN(number)) {
      return false;
    }
    if (field.form().missing().hasNumber(number)) {
      return mayBeAbsent(slot);
    }
    return switch (field.type()) {
      case DOUBLE -> {
        record.numbers[index] = StrictValues.converted(field, number);
        yield true;
      }
      case COMPASS -> {
        record.numbers[index] = number;
        yield CompassPoint.isDirection(number);
      }
      case BOOLEAN -> {
        boolean isTrue = field.form().trueValues().hasNumber(number);
        record.integers[index] = isTrue ? 1 : 0;
        yield isTrue || field.form().falseValues().hasNumber(number);
      }
      case STRING -> readAsText(slot, body, start, record);
      case LONG, TIMESTAMP -> throw new IllegalStateException("read above");
    };
  }

  private boolean readWholeNumber(Slot slot, EventRecord record) {
    Field field = slot.field();
    boolean isTime = field.type() == FieldType.TIMESTAMP;
    if (isTime && (field.format().epoch().isEmpty() || field.format().allowsDecimals())) {
      return false;
    }
    long number = json.wholeNumber();
    if (number < 0) {
      return false;
    }
    if (field.form().missing().hasNumber((double) number)) {
      return mayBeAbsent(slot);
    }
    int index = slot.fieldIndex();
    record.integers[index] = isTime ? field.format().epoch().get().millis(number) : number;
    record.numbers[index] = isTime ? Double.NaN : (double) number;
    return true;
  }

  /** Reads what was passed over as a text. */
  private boolean readAsText(Slot slot, byte[] body, int start, EventRecord record) {
    Field field = slot.field();
    if (!field.form().acceptsNumber() || json.position() > body.length) {
      return false;
    }
    Text text = texts.get(body, start, json.position());
    record.texts[slot.fieldIndex()] = text;
    return text != null
        && text.value.length() <= field.maxLength()
        && StrictValues.isAllowed(field, text.value);
  }
}
