package io.medallion.contract;

import io.medallion.contract.expressions.Expression;
import io.medallion.contract.expressions.ExpressionCompiler;
import io.medallion.contract.expressions.ExpressionException;
import io.medallion.contract.expressions.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the expressions of a contract: over its fields, the key and {@code eventTime}. */
final class Expressions {

  /** The column of every lake that expressions know too. */
  private static final String EVENT_TIME = "eventTime";

  private final Map<String, ValueType> variables = new LinkedHashMap<>();

  /** Made for the first expression: contracts without any need no CEL. */
  private ExpressionCompiler compiler;

  Expressions(String key, List<Field> fields) {
    fields.forEach(field -> variables.put(field.name(), field.type().valueType()));
    variables.put(key, ValueType.STRING);
    variables.put(EVENT_TIME, ValueType.TIMESTAMP);
  }

  /** What people call the type of an expression's values. */
  static String name(Expression expression) {
    return expression.type().name().toLowerCase(Locale.ROOT);
  }

  /** Reads one; errors are at their place in the file. */
  Expression read(YamlNode node) {
    String text = node.text();
    int length = text.codePointCount(0, text.length());
    if (text.isBlank() || length > ExpressionCompiler.MAX_LENGTH) {
      throw node.error(
          "an expression has 1 to %d characters, and this one %d",
          ExpressionCompiler.MAX_LENGTH, length);
    }
    if (compiler == null) {
      compiler = new ExpressionCompiler(variables);
    }
    try {
      return compiler.compile(text);
    } catch (ExpressionException e) {
      throw node.errorWithin(e.line(), e.column(), "no expression in CEL: " + e.getMessage());
    }
  }
}
