package io.medallion.job.event;

import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;

/** How large an event and its parts may be: what bounds memory and time whatever is sent. */
public final class EventLimits {

  /**
   * Bytes of a body: what Event Hubs takes at most (standard tier), so a larger one did not come
   * from there.
   */
  public static final int BODY_BYTES = 1 << 20;

  /**
   * Bytes of all events of a record together, once they are out of gzip, and each has the envelope
   * that all of them share.
   */
  public static final int RECORD_BYTES = 16 << 20;

  /** Events of a record. */
  public static final int EVENTS = 50_000;

  /** Objects and arrays within each other. */
  public static final int NESTING = 64;

  /** Digits of a number. */
  public static final int NUMBER_DIGITS = 1000;

  /** Characters of a field's name. */
  public static final int NAME_LENGTH = JsonPath.MAX_NAME_LENGTH;

  /** Characters of a text field, in UTF-16 units, as Java and most readers count. */
  public static final int TEXT_LENGTH = Field.MAX_TEXT;

  private EventLimits() {}
}
