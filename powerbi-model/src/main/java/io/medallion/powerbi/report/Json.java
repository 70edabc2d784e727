package io.medallion.powerbi.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON objects with their members in order, written as Power BI Desktop writes them. */
public final class Json {

  private static final ObjectWriter WRITER = new ObjectMapper().writer(printer());

  private Json() {}

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }

  /** An object: names and values in turn. */
  public static Map<String, Object> object(Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }

  /** The text of a file. */
  public static String text(Map<String, Object> object) {
    try {
      return WRITER.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not JSON: " + object, e);
    }
  }

  /** A constant in an expression of a report. */
  static Map<String, Object> literal(String value) {
    return object("expr", object("Literal", object("Value", value)));
  }

  /** A text as a constant. */
  static Map<String, Object> textLiteral(String text) {
    return literal("'" + text.replace("'", "''") + "'");
  }

  /** What a report calls an array of one object with properties. */
  static List<Map<String, Object>> properties(Object... members) {
    return List.of(object("properties", object(members)));
  }
}
