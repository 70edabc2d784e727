package io.medallion.contract.expressions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Optional;

/** What a value is that an expression is about or gives; in Java and in CEL. */
public enum ValueType {
  /** A {@link Double}: finite, between ±10¹⁸. */
  DOUBLE,
  /** A {@link Long}, but for the least one. */
  LONG,
  /** A {@link Boolean}. */
  BOOLEAN,
  /** A {@link String} of at most {@link Expression#MAX_TEXT} characters. */
  STRING,
  /** An {@link java.time.Instant} of the years 1 to 9999, in whole milliseconds. */
  TIMESTAMP;

  CelType celType() {
    return switch (this) {
      case DOUBLE -> SimpleType.DOUBLE;
      case LONG -> SimpleType.INT;
      case BOOLEAN -> SimpleType.BOOL;
      case STRING -> SimpleType.STRING;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
    };
  }

  /** Empty for a type that no column has. */
  static Optional<ValueType> of(CelType type) {
    return Arrays.stream(values()).filter(value -> value.celType().equals(type)).findFirst();
  }
}
