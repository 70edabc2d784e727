package io.medallion.contract;

import io.medallion.contract.expressions.Expression;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.NumberFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the derived columns of silver. A call of a library function on fields is one; anything else
 * is an expression.
 */
final class SilverReader {

  private static final int MAX_EXPRESSIONS = 256;

  private final ColumnNames names;
  private final SilverColumns columns;
  private final Expressions expressions;

  SilverReader(ColumnNames names, SilverColumns columns, Expressions expressions) {
    this.names = names;
    this.columns = columns;
    this.expressions = expressions;
  }

  List<DerivedColumn> columns(YamlNode node) {
    YamlNode.Entries all = node.map("the columns of silver that follow from fields");
    List<DerivedColumn> derived = new ArrayList<>();
    all.all()
        .forEach(
            (name, value) -> {
              names.check(all.key(name), name);
              names.reserve(name);
              derived.add(column(name, value));
            });
    if (derived.stream().filter(DerivedColumn::isComputed).count() > MAX_EXPRESSIONS) {
      throw node.error("at most %d columns are expressions", MAX_EXPRESSIONS);
    }
    derived.forEach(columns::add);
    return derived;
  }

  private DerivedColumn column(String name, YamlNode node) {
    YamlNode formula = node;
    String unit = "";
    Optional<YamlNode> type = Optional.empty();
    if (node.isMap()) {
      YamlNode.Entries entries = node.map("a column of silver");
      formula = entries.require("as", "an expression, as in 'dewPoint(temperature, humidity)'");
      type = entries.take("type");
      unit = ContractReader.text(entries.take("unit"), "");
      entries.end();
    }
    return new DerivedColumn(name, formula(formula, type), unit);
  }

  private Formula formula(YamlNode node, Optional<YamlNode> type) {
    Optional<ValueType> declared = type.map(place -> place.choice(ValueType.class));
    Optional<Formula.Call> call = call(node);
    if (call.isPresent() && declared.filter(t -> t != call.get().type() || isInt(t)).isEmpty()) {
      return call.get();
    }
    Expression expression = expressions.read(node);
    if (declared.isPresent() && declared.get() == ValueType.DOUBLE) {
      expression = expression.asDouble();
    }
    if (declared.isPresent() && declared.get() != expression.type()) {
      throw type.get()
          .error(
              "the expression gives a %s, no %s", Expressions.name(expression), type.get().text());
    }
    return new Formula.Computed(expression);
  }

  /** A column of a call has 32 bits, one of type long 64. */
  private static boolean isInt(ValueType type) {
    return type == ValueType.LONG;
  }

  /** A call of a library function on nothing but names; empty for anything else. */
  private Optional<Formula.Call> call(YamlNode node) {
    Optional<Call> written = Call.of(node);
    Optional<NumberFunction> function =
        written.flatMap(call -> NumberFunction.named(call.function()));
    if (function.isEmpty() || !written.get().isOnNames()) {
      return Optional.empty();
    }
    List<String> arguments = written.get().arguments();
    if (arguments.size() != function.get().arguments()) {
      throw node.error(
          "%s takes %d arguments, not %d",
          function.get().text(), function.get().arguments(), arguments.size());
    }
    arguments.forEach(argument -> columns.requireNumericField(node, argument));
    return Optional.of(new Formula.Call(function.get(), arguments));
  }
}
