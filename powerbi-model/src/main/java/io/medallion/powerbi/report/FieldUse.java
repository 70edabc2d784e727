package io.medallion.powerbi.report;

import java.util.Map;

/**
 * A field that a visual shows.
 *
 * @param kind Column or Measure
 */
record FieldUse(String kind, String table, String name) {

  static FieldUse column(String table, String name) {
    return new FieldUse("Column", table, name);
  }

  static FieldUse measure(String table, String name) {
    return new FieldUse("Measure", table, name);
  }

  Map<String, Object> field() {
    return Json.object(
        kind,
        Json.object(
            "Expression",
            Json.object("SourceRef", Json.object("Entity", table)),
            "Property",
            name));
  }

  Map<String, Object> projection() {
    return Json.object("field", field(), "queryRef", table + "." + name, "nativeQueryRef", name);
  }
}
