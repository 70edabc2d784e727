package io.medallion.contract;

import io.medallion.contract.expressions.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of silver that formulas and aggregates can be about. */
final class SilverColumns {

  private enum Kind {
    NUMBER,
    TEXT,
    OTHER
  }

  private final String key;
  private final Map<String, Kind> columns = new LinkedHashMap<>();
  private final List<String> fields = new ArrayList<>();

  SilverColumns(String key, List<Field> all) {
    this.key = key;
    columns.put(key, Kind.TEXT);
    for (Field field : all) {
      fields.add(field.name());
      columns.put(field.name(), kind(field.type().valueType()));
    }
  }

  private static Kind kind(ValueType type) {
    return switch (type) {
      case DOUBLE, LONG -> Kind.NUMBER;
      case STRING -> Kind.TEXT;
      case BOOLEAN, TIMESTAMP -> Kind.OTHER;
    };
  }

  void add(DerivedColumn column) {
    columns.put(column.name(), kind(column.formula().type()));
  }

  String key() {
    return key;
  }

  boolean isKey(String name) {
    return key.equals(name);
  }

  void requireNumericField(YamlNode place, String name) {
    if (!fields.contains(name) || columns.get(name) != Kind.NUMBER) {
      throw place.error("'%s' is no field with numbers; there are %s", name, names(Kind.NUMBER));
    }
  }

  void requireNumber(YamlNode place, String name) {
    require(place, name, Kind.NUMBER, "numbers");
  }

  void requireText(YamlNode place, String name) {
    require(place, name, Kind.TEXT, "texts");
  }

  void require(YamlNode place, String name) {
    if (!columns.containsKey(name)) {
      throw place.error(
          "there is no column '%s'; there are %s", name, String.join(", ", columns.keySet()));
    }
  }

  private void require(YamlNode place, String name, Kind kind, String what) {
    if (columns.get(name) != kind) {
      throw place.error("'%s' is no column with %s; there are %s", name, what, names(kind));
    }
  }

  private String names(Kind kind) {
    List<String> found = new ArrayList<>();
    columns.forEach(
        (name, itsKind) -> {
          if (itsKind == kind) {
            found.add(name);
          }
        });
    return found.isEmpty() ? "none" : String.join(", ", found);
  }
}
