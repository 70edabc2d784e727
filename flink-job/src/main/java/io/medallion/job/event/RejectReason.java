package io.medallion.job.event;

/**
 * Why an event is in quarantine: stable codes, part of the data contract, each with what it checks.
 * {@code docs/guarantees.md} shows the same table, and a test keeps it so.
 *
 * <p>The order is the precedence. An event with several defects gets the first code that applies,
 * whatever the order of its fields: what is wrong with the whole body before what is wrong with a
 * field. Codes may be added; none is ever renamed.
 */
public enum RejectReason {
  NULL_BODY("The record has no value: a tombstone."),
  EMPTY_BODY("No bytes, or nothing but white space."),
  BODY_TOO_LARGE("The body has more than %d bytes.".formatted(EventLimits.BODY_BYTES)),
  INVALID_UTF8("Not UTF-8, or another encoding: a byte order mark, UTF-16, UTF-32."),
  INVALID_JSON(
      "Not JSON by RFC 8259, `NaN`, `Infinity` and `-Infinity` aside; or nested deeper than %d, a number of more than %d digits, a name of more than %d characters."
          .formatted(EventLimits.NESTING, EventLimits.NUMBER_DIGITS, EventLimits.NAME_LENGTH)),
  TRAILING_DATA("Something follows the JSON value."),
  NOT_AN_OBJECT("JSON, but not an object."),
  DUPLICATE_KEY("An object, at any depth, names a field twice."),
  MISSING_FIELD("A required field is absent."),
  NULL_FIELD("A required field is null."),
  WRONG_TYPE(
      "A field has another JSON type than the contract says, such as a number in quotes; or it is `NaN` or infinite without quotes."),
  UNKNOWN_WIND_DIRECTION("A direction is neither one of the 16 compass points nor 0 to 360."),
  INVALID_TEXT(
      "A text has more characters than the contract allows, %d at most, a control character or half a surrogate pair, or the event's key is empty; the record's key too, where it stands in for that."
          .formatted(EventLimits.TEXT_LENGTH)),
  VALUE_NOT_ALLOWED("A text is none of those that the contract lists for the field."),
  OUT_OF_RANGE("A number is outside the limits of its rule."),
  INVALID_EVENT_TIME(
      "The event's time is not as the contract says, or before 1970; or neither event nor broker tells a time."),
  FUTURE_EVENT_TIME(
      "The event time is further ahead of the arrival at the broker than is tolerated."),
  PAST_EVENT_TIME("The event time is further before the arrival at the broker than is tolerated."),
  BROKEN_RULE("Stands for the codes of the contract's rules: quarantine has the rule's own code.");

  private final String check;

  RejectReason(String check) {
    this.check = check;
  }

  /** What makes an event get this code, in one sentence of Markdown. */
  public String check() {
    return check;
  }
}
