package io.medallion.contract;

import io.medallion.contract.expressions.ValueType;

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

  /** What its values are in expressions. */
  public ValueType valueType() {
    return switch (this) {
      case DOUBLE, COMPASS -> ValueType.DOUBLE;
      case LONG -> ValueType.LONG;
      case BOOLEAN -> ValueType.BOOLEAN;
      case STRING -> ValueType.STRING;
      case TIMESTAMP -> ValueType.TIMESTAMP;
    };
  }
}
