package io.medallion.maintenance.contract.odcs;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.contract.docs.TableColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A column as a property of the standard's schema. */
final class OdcsProperty {

  private OdcsProperty() {}

  static Map<String, Object> ofSilver(Contract contract, TableColumn column, OdcsKeys keys) {
    Map<String, Object> property = common(column, keys);
    Optional<Field> field = contract.field(column.name());
    field.ifPresent(
        declared -> {
          if (!declared.description().isEmpty()) {
            property.put("description", declared.description());
          }
          addRules(declared, property);
        });
    column.formula().ifPresent(formula -> property.put("transformLogic", formula));
    addUnit(column, property);
    return property;
  }

  static Map<String, Object> ofGold(TableColumn column, OdcsKeys keys) {
    Map<String, Object> property = common(column, keys);
    column
        .formula()
        .ifPresent(
            formula -> {
              property.put("transformSourceObjects", List.of(OdcsDocument.SILVER));
              property.put("transformLogic", formula);
            });
    addUnit(column, property);
    return property;
  }

  private static Map<String, Object> common(TableColumn column, OdcsKeys keys) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("name", column.name());
    property.put("logicalType", logicalType(column.type()));
    property.put("physicalType", column.type());
    if (!column.meaning().isEmpty()) {
      property.put("description", column.plainMeaning());
    }
    property.put("required", column.nullWhen().isEmpty());
    keys.describe(column.name(), property);
    return property;
  }

  private static String logicalType(String type) {
    return switch (type) {
      case "double" -> "number";
      case "long" -> "integer";
      default -> type;
    };
  }

  private static void addRules(Field field, Map<String, Object> property) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (Rules.hasNumbers(field)) {
      // A range that only warns binds no value in the table.
      boolean rangeBinds = field.range().isPresent() && field.severity() == Severity.REJECT;
      if (rangeBinds || field.hasOwnLimits()) {
        Range binding = rangeBinds ? field.range().get() : field.limits();
        options.put("minimum", number(field, binding.min()));
        options.put("maximum", number(field, binding.max()));
      }
    } else if (field.type() == FieldType.STRING) {
      options.put("maxLength", field.maxLength());
    }
    if (!options.isEmpty()) {
      property.put("logicalTypeOptions", options);
    }
    if (!field.values().isEmpty()) {
      Map<String, Object> check = new LinkedHashMap<>();
      check.put("type", "library");
      check.put("metric", "invalidValues");
      check.put("arguments", Map.of("validValues", field.values()));
      check.put("mustBe", 0);
      property.put("quality", List.of(check));
    }
  }

  /** A whole number without a fraction. */
  private static Number number(Field field, double value) {
    boolean isWhole = value == Math.rint(value) && Math.abs(value) <= 0x1p53;
    return field.type() == FieldType.LONG || isWhole ? (Number) (long) value : (Number) value;
  }

  private static void addUnit(TableColumn column, Map<String, Object> property) {
    if (!column.unit().isEmpty()) {
      Map<String, Object> unit = new LinkedHashMap<>();
      unit.put("property", "unit");
      unit.put("value", column.unit());
      property.put("customProperties", List.of(unit));
    }
  }
}
