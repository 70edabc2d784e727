package io.medallion.powerbi.model;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Formula;
import io.medallion.contract.Range;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.NumberFunction;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a column of silver that an aggregate is about.
 *
 * @param label its words, as {@code wind speed}
 * @param unit empty without
 * @param description empty without
 * @param range plausible numbers
 * @param isWhole whether it has whole numbers only
 * @param isAlwaysThere whether every event has a value
 */
record MeasuredColumn(
    String label,
    String unit,
    String description,
    Optional<Range> range,
    boolean isWhole,
    boolean isAlwaysThere) {

  /** Functions that have a result for all numbers that a contract's limits let through. */
  private static final Set<NumberFunction> TOTAL =
      Set.of(
          NumberFunction.DEGREES,
          NumberFunction.BEAUFORT,
          NumberFunction.FAHRENHEIT,
          NumberFunction.CELSIUS,
          NumberFunction.KILOMETERS_PER_HOUR,
          NumberFunction.PLUS,
          NumberFunction.MINUS,
          NumberFunction.TIMES);

  static MeasuredColumn of(Contract contract, String name) {
    return contract
        .field(name)
        .map(MeasuredColumn::of)
        .or(() -> contract.derived(name).map(column -> of(contract, column)))
        // The key.
        .orElse(new MeasuredColumn(Labels.words(name), "", "", Optional.empty(), false, true));
  }

  private static MeasuredColumn of(Field field) {
    return new MeasuredColumn(
        Labels.words(field.name()),
        field.type() == FieldType.COMPASS ? "°" : Labels.oneLine(field.unit()),
        Labels.oneLine(field.description()),
        field.range(),
        field.type() == FieldType.LONG,
        field.required());
  }

  private static MeasuredColumn of(Contract contract, DerivedColumn column) {
    boolean isAlwaysThere =
        column.formula() instanceof Formula.Call call
            && TOTAL.contains(call.function())
            && call.arguments().stream()
                .allMatch(argument -> contract.field(argument).orElseThrow().required());
    return new MeasuredColumn(
        Labels.words(column.name()),
        Labels.oneLine(column.unit()),
        "",
        Optional.empty(),
        column.formula().type() == ValueType.LONG,
        isAlwaysThere);
  }

  /** With another unit, if that is given. */
  MeasuredColumn in(String otherUnit) {
    return otherUnit.isEmpty()
        ? this
        : new MeasuredColumn(
            label, Labels.oneLine(otherUnit), description, range, isWhole, isAlwaysThere);
  }

  /** As a part of a description: {@code wind speed, km/h}. */
  String labelAndUnit() {
    return unit.isEmpty() ? label : label + ", " + unit;
  }

  /** Of means, which are no whole numbers. */
  String meanFormat() {
    return Formats.number(false, range, unit);
  }

  /** Of sums and extremes. */
  String format() {
    return Formats.number(isWhole, range, unit);
  }
}
