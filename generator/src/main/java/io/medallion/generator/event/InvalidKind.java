package io.medallion.generator.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The ways in which an event can be broken, named as the reason codes of the quarantine table. Two
 * of those can't be made here: {@code BODY_TOO_LARGE}, which a broker refuses, and {@code
 * FUTURE_EVENT_TIME}, which is {@link EventKind#FUTURE}.
 */
public enum InvalidKind {
  /** No bytes, or only white space. */
  EMPTY_BODY,
  /** A tombstone: no value at all. */
  NULL_BODY,
  /** A byte that cannot be part of UTF-8 text, or a byte order mark. */
  INVALID_UTF8,
  /** Truncated, malformed, nested too deep, or with a number as JSON has none. */
  INVALID_JSON,
  /** A field that is given twice, in the event or deeper. */
  DUPLICATE_KEY,
  /** A valid event with something after it. */
  TRAILING_DATA,
  /** JSON, but an array, a number, a text or a truth value. */
  NOT_AN_OBJECT,
  /** A required field is not there. */
  MISSING_FIELD,
  /** A required field is null. */
  NULL_FIELD,
  /** A number as text, a truth value, an array or an object, or a number where text belongs. */
  WRONG_TYPE,
  /** A text that is none of those that the contract lists; the weather lists none. */
  VALUE_NOT_ALLOWED,
  /** A number outside its range or limits. */
  OUT_OF_RANGE,
  /** None of the 16 compass points, nor 0 to 360 degrees. */
  UNKNOWN_WIND_DIRECTION,
  /** Half a surrogate pair, a control character, a text that is too long or an empty station. */
  INVALID_TEXT,
  /** A time that is none, or before 1970; not in format {@link EventFormat#SEED}. */
  INVALID_EVENT_TIME;

  /** The kinds that the weather can have in a format. */
  public static Set<InvalidKind> in(EventFormat format) {
    EnumSet<InvalidKind> kinds = EnumSet.allOf(InvalidKind.class);
    kinds.remove(VALUE_NOT_ALLOWED);
    if (format == EventFormat.SEED) {
      kinds.remove(INVALID_EVENT_TIME);
    }
    return Collections.unmodifiableSet(kinds);
  }
}
