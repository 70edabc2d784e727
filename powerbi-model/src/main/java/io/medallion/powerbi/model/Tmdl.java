package io.medallion.powerbi.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the objects of a table as TMDL, one tab deep, in the form that Power BI Desktop saves. */
final class Tmdl {

  private Tmdl() {}

  /** Objects with an empty line between them. */
  static String blocks(List<String> blocks) {
    return String.join("\n\n", blocks);
  }

  /** A name where TMDL declares or refers to something. */
  static String name(String name) {
    return name.matches("\\w+") ? name : "'" + name.replace("'", "''") + "'";
  }

  static String measure(Measure measure) {
    String head = "measure " + name(measure.name()) + " =";
    String dax =
        measure.dax().contains("\n")
            ? head + "\n" + indented(2, measure.dax())
            : head + " " + measure.dax();
    Stream<String> properties =
        Stream.of(
            property("formatString", measure.format()),
            measure.isHidden() ? "\tisHidden" : "",
            property("displayFolder", measure.folder()));
    return block(measure.description(), dax, properties);
  }

  static String column(ModelColumn column) {
    Stream<String> properties =
        Stream.of(
            property("dataType", column.type().model()),
            column.isHidden() ? "\tisHidden" : "",
            property("formatString", column.format()),
            property("summarizeBy", "none"),
            property("sourceColumn", column.source()));
    return block(column.description(), "column " + name(column.name()), properties);
  }

  private static String block(String description, String head, Stream<String> properties) {
    Stream<String> lines =
        Stream.concat(
            Stream.of("/// " + description, head), properties.filter(line -> !line.isEmpty()));
    return indented(1, lines.collect(Collectors.joining("\n")));
  }

  private static String property(String name, String value) {
    return value.isEmpty() ? "" : "\t" + name + ": " + value;
  }

  /** The same text, each line with so many tabs more. */
  static String indented(int tabs, String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? line : "\t".repeat(tabs) + line)
        .collect(Collectors.joining("\n"));
  }
}
