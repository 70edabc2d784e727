package io.medallion.contract.expressions;

import io.medallion.contract.functions.NumberFunction;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's messages, with what to do where people who are used to other languages stumble. */
final class ExpressionHints {

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '(?:@has:)?([^']*)'.*");
  private static final Pattern MIXED =
      Pattern.compile(".*applied to '\\(.*(double.*\\bint\\b|\\bint\\b.*double).*\\)' .*");

  private ExpressionHints() {}

  /**
   * A message in one line.
   *
   * @param variables what expressions may be about
   */
  static String explained(String message, Map<String, ValueType> variables) {
    String line = message.replaceAll("\\s+", " ").replace(" (in container '')", "").strip();
    Matcher undeclared = UNDECLARED.matcher(line);
    if (undeclared.matches()) {
      return "undeclared reference to '%s'; fields are %s, functions of the library %s"
          .formatted(
              undeclared.group(1), String.join(", ", variables.keySet()), NumberFunction.allowed());
    }
    if (line.contains("null")) {
      return line + "; whether there is a value, has(field) tells";
    }
    if (MIXED.matcher(line).matches()) {
      return line + "; write numbers here with a point, as 3.0, or convert: double(count)";
    }
    return line;
  }
}
