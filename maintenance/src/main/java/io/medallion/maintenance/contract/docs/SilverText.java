package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Formula;
import io.medallion.contract.Severity;
import io.medallion.job.silver.SilverTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of silver in words; which there are, and of which type, is the job's own say. */
public final class SilverText {

  private SilverText() {}

  public static List<TableColumn> columns(Contract contract) {
    return SilverTable.rowType(contract).getFields().stream()
        .map(column -> column(contract, column.getName(), DeltaType.name(column.getType())))
        .toList();
  }

  private static TableColumn column(Contract contract, String name, String type) {
    Optional<Field> field = contract.field(name);
    if (field.isPresent()) {
      return new TableColumn(
          name,
          type,
          nullWhen(field.get()),
          meaning(field.get()),
          field.get().unit(),
          Optional.empty());
    }
    Optional<DerivedColumn> derived = contract.derived(name);
    if (derived.isPresent()) {
      return new TableColumn(
          name,
          type,
          nullWhen(contract, derived.get()),
          derived.get().formula() instanceof Formula.Call call
              ? FunctionText.of(call).meaning()
              : code(derived.get().formula().text()),
          derived.get().unit(),
          Optional.of(derived.get().formula().text()));
    }
    return ofAllLakes(contract, name, type);
  }

  private static Optional<String> nullWhen(Field field) {
    if (field.required()) {
      return Optional.empty();
    }
    return Optional.of(field.onInvalid() == Severity.WARN ? "not sent, or not valid" : "not sent");
  }

  private static String meaning(Field field) {
    String described = Markdown.escaped(lowerCase(field.description()));
    if (field.type() != FieldType.COMPASS) {
      return described.isEmpty() && field.unit().isEmpty() ? "as sent" : described;
    }
    String point = "compass point in whose sector of 22.5° the direction is, in capitals";
    return described.isEmpty() ? point : described + ": " + point;
  }

  /** Null where an argument is, or where the function has no result. */
  static Optional<String> nullWhen(Contract contract, DerivedColumn column) {
    if (!(column.formula() instanceof Formula.Call call)) {
      return Optional.of("the expression is unknown");
    }
    List<String> reasons = new ArrayList<>();
    List<String> optional =
        call.arguments().stream()
            .filter(name -> !contract.field(name).orElseThrow().required())
            .distinct()
            .map(name -> "`" + name + "`")
            .toList();
    if (!optional.isEmpty()) {
      reasons.add("no " + String.join(" or ", optional));
    }
    FunctionText.of(call).nullWhen().ifPresent(reasons::add);
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  private static TableColumn ofAllLakes(Contract contract, String name, String type) {
    if (name.equals(contract.keyColumn())) {
      return text(name, type, null, "the event's [key](#the-event)");
    }
    return switch (name) {
      case "eventTime" ->
          text(name, type, null, "the event's [time](#the-event), to the millisecond");
      case "eventId" ->
          contract.event().id().from().isEmpty()
              ? text(name, type, "always", "events have no id")
              : text(name, type, "none sent", "the event's [id](#the-event)");
      case "qualityFlags" ->
          text(name, type, "no rule warned", "see [quality flags](guarantees.md#quality-flags)");
      case "processedTime" -> text(name, type, null, "`ingestedTime` of bronze");
      case "eventDate" -> text(name, type, null, "date of `eventTime`");
      case "eventHub" -> text(name, type, "rows of the first release", "as in bronze");
      case "extras" ->
          text(name, type, "none sent", "values that the contract does not name: a JSON object");
      case "index" -> text(name, type, null, "the event's place in its record, from 0 on");
      case "partition", "offset", "enqueuedTime" -> text(name, type, null, "as in bronze");
      default -> throw new IllegalArgumentException("a column that silver never had: " + name);
    };
  }

  private static TableColumn text(String name, String type, String nullWhen, String meaning) {
    return new TableColumn(
        name, type, Optional.ofNullable(nullWhen), meaning, "", Optional.empty());
  }

  /** A description in the middle of a line; an abbreviation stays in capitals. */
  static String lowerCase(String description) {
    boolean isWord = description.length() > 1 && !Character.isUpperCase(description.charAt(1));
    return isWord
        ? description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1)
        : description;
  }
}
