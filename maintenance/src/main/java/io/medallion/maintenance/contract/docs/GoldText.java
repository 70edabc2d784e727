package io.medallion.maintenance.contract.docs;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.GoldTable;
import io.medallion.job.gold.GoldTableEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.RowType;

/** The columns of a table of gold in words; their types are the job's own say. */
public final class GoldText {

  private final Contract contract;
  private final GoldTable table;

  public GoldText(Contract contract, GoldTable table) {
    this.contract = contract;
    this.table = table;
  }

  public List<TableColumn> columns() {
    List<TableColumn> columns = new ArrayList<>();
    RowType types = GoldTableEncoder.rowType(contract, table);
    for (RowType.RowField column : types.getFields()) {
      columns.add(column(column.getName(), DeltaType.name(column.getType())));
    }
    return columns;
  }

  private TableColumn column(String name, String type) {
    Optional<GoldTable.Column> aggregated =
        table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
    if (aggregated.isPresent()) {
      Aggregate aggregate = aggregated.get().aggregate();
      return new TableColumn(
          name,
          type,
          nullWhen(aggregate),
          meaning(aggregate),
          unit(aggregated.get()),
          Optional.of(aggregate.toString()));
    }
    String meaning =
        switch (name) {
          case "windowStart" -> "start of the window";
          case "windowEnd" -> "its end, not included";
          default -> "as in silver; the empty text where silver has none";
        };
    boolean isKey = name.equals(contract.keyColumn());
    return new TableColumn(
        name, type, Optional.empty(), isKey ? "as in silver" : meaning, "", Optional.empty());
  }

  private static String meaning(Aggregate aggregate) {
    String first = aggregate.arguments().isEmpty() ? "" : "`" + aggregate.arguments().get(0) + "`";
    return switch (aggregate.function()) {
      case COUNT -> first.isEmpty() ? "events on time" : "events on time with " + first;
      case SUM -> "sum of " + first;
      case AVG -> "mean of " + first + " over events";
      case MIN -> "least " + first;
      case MAX -> "greatest " + first;
      case COUNT_DISTINCT -> "different values of " + first + " with events on time";
      case MOST_FREQUENT -> "most frequent " + first;
      case FIRST -> first + " of the first event with one";
      case LAST -> first + " of the last event with one";
      case MEAN_DIRECTION -> "0 to 360: " + vector(aggregate);
      case MEAN_COMPASS_POINT -> "compass point of " + vector(aggregate);
    };
  }

  private static String vector(Aggregate aggregate) {
    return "the mean direction of `%s`, weighted by `%s`"
        .formatted(aggregate.arguments().get(1), aggregate.arguments().get(0));
  }

  /** The column's own unit, or for what has the unit of its argument, that one. */
  private String unit(GoldTable.Column column) {
    if (!column.unit().isEmpty()) {
      return column.unit();
    }
    return switch (column.aggregate().function()) {
      case SUM, AVG, MIN, MAX, FIRST, LAST -> unit(column.aggregate().arguments().get(0));
      case MEAN_DIRECTION -> "°";
      case COUNT, COUNT_DISTINCT, MOST_FREQUENT, MEAN_COMPASS_POINT -> "";
    };
  }

  private String unit(String column) {
    return contract
        .field(column)
        .map(field -> field.type() == FieldType.COMPASS ? "°" : field.unit())
        .or(() -> contract.derived(column).map(DerivedColumn::unit))
        .orElse("");
  }

  private Optional<String> nullWhen(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, COUNT_DISTINCT -> Optional.empty();
      case SUM, AVG, MIN, MAX, FIRST, LAST, MOST_FREQUENT -> noneHas(aggregate);
      case MEAN_DIRECTION, MEAN_COMPASS_POINT ->
          Optional.of(
              "no speed, or directions that cancel"
                  + noneHas(aggregate).map(text -> "; " + text).orElse(""));
    };
  }

  /** Null where no event of the window has a value, if that can be. */
  private Optional<String> noneHas(Aggregate aggregate) {
    String mayLack =
        aggregate.arguments().stream()
            .filter(this::mayBeNull)
            .distinct()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(" and "));
    return mayLack.isEmpty() ? Optional.empty() : Optional.of("no event has " + mayLack);
  }

  private boolean mayBeNull(String column) {
    Optional<Field> field = contract.field(column);
    if (field.isPresent()) {
      return !field.get().required();
    }
    return contract
        .derived(column)
        .flatMap(derived -> SilverText.nullWhen(contract, derived))
        .isPresent();
  }
}
