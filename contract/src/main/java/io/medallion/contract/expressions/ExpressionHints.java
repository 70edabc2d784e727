package io.medallion.contract.expressions;

import io.medallion.contract.functions.NumberFunction;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CEL's messages, with what to do where people who are used to other languages stumble. */
final class ExpressionHints {

  /** Names of fields that are told at most. */
  private static final int MAX_NAMES = 40;

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '(?:@has:)?([^']*)'.*");
  private static final Pattern MIXED =
      Pattern.compile(".*applied to '\\((.*double.*\\bint\\b|.*\\bint\\b.*double).*\\)'.*");
  private static final Pattern NULL = Pattern.compile(".*applied to '\\(.*\\bnull\\b.*\\)'.*");

  /** Of a function with many, they only hide what is wrong. */
  private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .{80,}\\)");

  private ExpressionHints() {}

  /**
   * A message in one line.
   *
   * @param variables what expressions may be about
   */
  static String explained(String message, Map<String, ValueType> variables) {
    String line =
        CANDIDATES
            .matcher(message.replaceAll("\\s+", " "))
            .replaceAll("")
            .replace(" (in container '')", "")
            .replace("google.protobuf.Timestamp", "timestamp")
            .replace("google.protobuf.Duration", "duration")
            .replace("%%", "%")
            .strip();
    Matcher undeclared = UNDECLARED.matcher(line);
    if (undeclared.matches()) {
      return "undeclared reference to '%s'; fields are %s%s, functions of the library %s"
          .formatted(
              undeclared.group(1),
              variables.keySet().stream().limit(MAX_NAMES).collect(Collectors.joining(", ")),
              variables.size() > MAX_NAMES ? ", …" : "",
              NumberFunction.allowed());
    }
    if (NULL.matcher(line).matches()) {
      return line + "; whether there is a value, has(field) tells";
    }
    if (MIXED.matcher(line).matches()) {
      return line + "; write numbers here with a point, as 3.0, or convert: double(count)";
    }
    return line;
  }
}
