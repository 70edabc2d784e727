package io.medallion.job.event;

/**
 * Why an event is in quarantine: stable codes, part of the data contract.
 *
 * <p>The order is the precedence. An event with several defects gets the first code that applies,
 * whatever the order of its fields: what is wrong with the whole body before what is wrong with a
 * field. Codes may be added; none is ever renamed.
 */
public enum RejectReason {
  /** The record has no value: a tombstone. */
  NULL_BODY,
  /** No bytes, or nothing but white space. */
  EMPTY_BODY,
  /** More bytes than an event may have. */
  BODY_TOO_LARGE,
  /** Not UTF-8, or another encoding: a byte order mark, UTF-16, UTF-32. */
  INVALID_UTF8,
  /** Not JSON by RFC 8259, or beyond the limits on nesting and on the length of a number. */
  INVALID_JSON,
  /** Something follows the JSON value. */
  TRAILING_DATA,
  /** JSON, but not an object. */
  NOT_AN_OBJECT,
  /** An object, at any depth, names a field twice. */
  DUPLICATE_KEY,
  /** A required field is absent. */
  MISSING_FIELD,
  /** A required field is null. */
  NULL_FIELD,
  /** A field has another JSON type than the contract says. */
  WRONG_TYPE,
  /** The wind direction is none of the 16 compass points. */
  UNKNOWN_WIND_DIRECTION,
  /** A text is too long, empty where it names something, or not printable Unicode. */
  INVALID_TEXT,
  /** A number is outside the plausible range. */
  OUT_OF_RANGE,
  /** The event time is neither ISO-8601 nor epoch milliseconds, or before 1970. */
  INVALID_EVENT_TIME,
  /** The event time is further ahead of the arrival at the broker than tolerated. */
  FUTURE_EVENT_TIME
}
