package io.medallion.contract.expressions;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.Program;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An expression in CEL that was checked. Made by {@link ExpressionCompiler}.
 *
 * <p>Total: it has a value or none for all values that it may be about, and never throws. A value
 * that is absent is unknown, as in SQL: {@code a > 1.0 || b > 1.0} holds where {@code a} is absent
 * and {@code b} is 2. What can't be computed, as a whole number divided by zero, is unknown too,
 * and so is a result that no column takes, see {@link ValueType}.
 *
 * <p>Immutable; any number of threads may use it.
 */
public final class Expression {

  /** Characters of a text, in UTF-16 units: as many as a field may have. */
  public static final int MAX_TEXT = 256;

  /** The greatest number: what sums have room for. */
  private static final double MAX_NUMBER = 1e18;

  private static final Optional<Object> ABSENT =
      Optional.of(CelUnknownSet.create(CelAttribute.fromQualifiedIdentifier("absent")));

  private final String text;
  private final ValueType type;
  private final List<String> names;
  private final Program program;

  Expression(String text, ValueType type, List<String> names, Program program) {
    this.text = text;
    this.type = type;
    this.names = List.copyOf(names);
    this.program = program;
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The type of its values. */
  public ValueType type() {
    return type;
  }

  /** The names of the values that it is about, each once, in the order of the text. */
  public List<String> names() {
    return names;
  }

  /** This expression with whole numbers as numbers of type double. */
  public Expression asDouble() {
    return type == ValueType.LONG ? new Expression(text, ValueType.DOUBLE, names, program) : this;
  }

  /** The value, of the Java type that {@link ValueType} says; null if there is none. */
  public Object of(NamedValues values) {
    try {
      return bounded(program.eval(name -> value(name, values)));
    } catch (CelEvaluationException | RuntimeException e) {
      return null;
    }
  }

  private static Optional<Object> value(String name, NamedValues values) {
    if (PresenceTest.isOne(name)) {
      return Optional.of(values.of(PresenceTest.tested(name)) != null);
    }
    Object value = values.of(name);
    return value == null ? ABSENT : Optional.of(value);
  }

  private Object bounded(Object result) {
    return switch (type) {
      case DOUBLE -> result instanceof Number number ? bounded(number.doubleValue()) : null;
      case LONG -> result instanceof Long number && number != Long.MIN_VALUE ? number : null;
      case BOOLEAN -> result instanceof Boolean ? result : null;
      case STRING -> result instanceof String string && isText(string) ? string : null;
      case TIMESTAMP ->
          result instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MILLIS) : null;
    };
  }

  private static Double bounded(double number) {
    return Math.abs(number) <= MAX_NUMBER ? number : null;
  }

  /** Whether a text is as short as fields are, without control characters or half surrogates. */
  private static boolean isText(String text) {
    return text.length() <= MAX_TEXT
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression
        && text.equals(expression.text)
        && type == expression.type
        && names.equals(expression.names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, type);
  }

  @Override
  public String toString() {
    return text;
  }
}
