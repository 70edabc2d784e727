package io.medallion.contract;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call of a function on columns, as it is written: {@code avg(temperature)}. */
record Call(YamlNode place, String function, List<String> arguments) {

  private static final Pattern TEXT = Pattern.compile("\\s*([a-zA-Z]\\w*)\\s*\\(([^()]*)\\)\\s*");

  static Call parse(YamlNode node) {
    Matcher text = TEXT.matcher(node.text());
    if (!text.matches()) {
      throw node.error(
          "'%s' is no call of a function on columns, as in 'avg(temperature)'", node.text());
    }
    String arguments = text.group(2).strip();
    return new Call(
        node,
        text.group(1),
        arguments.isEmpty()
            ? List.of()
            : Arrays.stream(arguments.split(",", -1)).map(String::strip).toList());
  }
}
