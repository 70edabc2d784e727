package io.medallion.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the declaration of one field after the other. */
final class FieldReader {

  private final EventForm event;
  private final Paths taken;

  FieldReader(EventForm event, Paths taken) {
    this.event = event;
    this.taken = taken;
  }

  Field field(String name, YamlNode node) {
    YamlNode.Entries entries = node.map("a field");
    FieldType type = entries.require("type", "double, long, …").choice(FieldType.class);
    boolean required = entries.take("required").map(YamlNode::bool).orElse(false);
    List<JsonPath> paths = paths(name, entries);
    Range limits = limits(entries, type);
    Optional<YamlNode> rangeNode = entries.take("range");
    Optional<Range> range = rangeNode.map(node1 -> range(node1, limits));
    rangeNode.ifPresent(place -> requireNumeric(place, type));
    Optional<YamlNode> severityNode = entries.take("severity");
    severityNode.ifPresent(
        place -> {
          if (range.isEmpty()) {
            throw place.error("a severity is that of a range, and there is none");
          }
        });
    Severity severity =
        severityNode.map(value -> value.choice(Severity.class)).orElse(Severity.REJECT);
    Optional<YamlNode> acceptText = entries.take("acceptText");
    ValueForm form = ValueFormReader.read(entries, type, acceptText);
    Field field =
        new Field(
            name,
            type,
            paths,
            required,
            range,
            severity,
            limits,
            values(entries.take("values"), type),
            maxLength(entries.take("maxLength"), type),
            form,
            factor(entries.take("scale"), type, 1),
            factor(entries.take("offset"), type, 0),
            format(entries.take("format"), type, acceptText),
            onInvalid(entries.take("onInvalid"), required),
            ContractReader.text(entries.take("unit"), ""),
            ContractReader.text(entries.take("description"), ""));
    entries.end();
    return field;
  }

  /** Where the value is: below the data of an envelope, unless the path begins with a slash. */
  private List<JsonPath> paths(String name, YamlNode.Entries entries) {
    Optional<YamlNode> declared = entries.take("from");
    List<JsonPath> paths = new ArrayList<>();
    if (declared.isEmpty()) {
      paths.add(below(new JsonPath(List.of(name))));
      taken.addField(entries.place(), paths.get(0));
    } else {
      for (YamlNode item : declared.get().list()) {
        JsonPath path = item.parsed(JsonPath::parse, JsonPath.ALLOWED);
        JsonPath whole = item.text().startsWith("/") ? path : below(path);
        taken.addField(item, whole);
        paths.add(whole);
      }
    }
    return paths;
  }

  private JsonPath below(JsonPath path) {
    return event.data().map(path::below).orElse(path);
  }

  private static Range limits(YamlNode.Entries entries, FieldType type) {
    Optional<YamlNode> node = entries.take("limits");
    node.ifPresent(place -> requireNumeric(place, type));
    Range most = type == FieldType.LONG ? Field.ALL_LONGS : Field.STANDARD_LIMITS;
    return node.map(place -> range(place, most)).orElse(most);
  }

  private static void requireNumeric(YamlNode place, FieldType type) {
    if (type != FieldType.DOUBLE && type != FieldType.LONG) {
      throw place.error("only numbers, of type double or long, have that");
    }
  }

  private static Range range(YamlNode node, Range within) {
    List<YamlNode> ends = node.list();
    if (ends.size() != 2) {
      throw node.error("two numbers belong here, as in [-90, 70]");
    }
    double min = ends.get(0).number();
    double max = ends.get(1).number();
    if (!(min < max)) {
      throw node.error("the first number is not below the second");
    }
    Range range = new Range(min, max);
    if (!within.contains(range)) {
      throw node.error("%s is not within the limits %s", range, within);
    }
    return range;
  }

  private static List<String> values(Optional<YamlNode> node, FieldType type) {
    if (node.isEmpty()) {
      return List.of();
    }
    if (type != FieldType.STRING) {
      throw node.get().error("only texts, of type string, have values to choose from");
    }
    return node.get().list().stream().map(YamlNode::text).toList();
  }

  private static int maxLength(Optional<YamlNode> node, FieldType type) {
    if (node.isPresent() && type != FieldType.STRING) {
      throw node.get().error("only texts, of type string, have a length");
    }
    return node.map(value -> value.integer(1, Field.MAX_TEXT)).orElse(Field.MAX_TEXT);
  }

  private static double factor(Optional<YamlNode> node, FieldType type, double otherwise) {
    if (node.isPresent() && type != FieldType.DOUBLE) {
      throw node.get().error("only numbers of type double are converted");
    }
    double factor = node.map(YamlNode::number).orElse(otherwise);
    if (factor == 0 && otherwise != 0) {
      throw node.orElseThrow().error("a scale of 0 makes all numbers the same");
    }
    return factor;
  }

  private TimeFormat format(
      Optional<YamlNode> node, FieldType type, Optional<YamlNode> acceptText) {
    if (type != FieldType.TIMESTAMP) {
      node.ifPresent(
          place -> {
            throw place.error("only a timestamp has a format");
          });
      return TimeFormat.STANDARD;
    }
    TimeFormat format = ContractReader.format(node, acceptText);
    node.ifPresent(place -> ContractReader.checkZone(place, format, event.timeZone()));
    return format;
  }

  private static Severity onInvalid(Optional<YamlNode> node, boolean required) {
    if (node.isEmpty()) {
      return Severity.REJECT;
    }
    boolean becomesNull =
        switch (node.get().text()) {
          case "null" -> true;
          case "reject" -> false;
          default -> throw node.get().error("'%s' is neither null nor reject", node.get().text());
        };
    if (becomesNull && required) {
      throw node.get().error("a required field can't become null");
    }
    return becomesNull ? Severity.WARN : Severity.REJECT;
  }
}
