package io.medallion.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call of a function on columns, as it is written: {@code avg(temperature)}. */
record Call(String function, List<String> arguments) {

  private static final Pattern TEXT = Pattern.compile("\\s*([a-zA-Z]\\w*)\\s*\\(([^()]*)\\)\\s*");

  static Call parse(YamlNode node) {
    return of(node)
        .orElseThrow(
            () ->
                node.error(
                    "'%s' is no call of a function on columns, as in 'avg(temperature)'",
                    node.text()));
  }

  /** Empty if it is no call. */
  static Optional<Call> of(YamlNode node) {
    Matcher text = TEXT.matcher(node.text());
    if (!text.matches()) {
      return Optional.empty();
    }
    String arguments = text.group(2).strip();
    return Optional.of(
        new Call(
            text.group(1),
            arguments.isEmpty()
                ? List.of()
                : Arrays.stream(arguments.split(",", -1)).map(String::strip).toList()));
  }

  /** Whether the arguments could be columns: names, and no literals or expressions. */
  boolean isOnNames() {
    return arguments.stream().allMatch(argument -> argument.matches("[a-zA-Z_]\\w*"));
  }
}
