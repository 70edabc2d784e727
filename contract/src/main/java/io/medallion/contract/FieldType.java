package io.medallion.contract;

/** What a field of an event holds. */
public enum FieldType {
  /** A number. */
  DOUBLE,
  /** A whole number of 64 bits. */
  LONG,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** A short text. */
  STRING,
  /** An instant, see {@link TimeFormat}. */
  TIMESTAMP,
  /** A direction: one of the 16 compass points by name, or degrees from 0 to 360. */
  COMPASS;

  /** Whether functions and aggregates can take it as a number; a direction counts in degrees. */
  public boolean isNumeric() {
    return this == DOUBLE || this == LONG || this == COMPASS;
  }
}
