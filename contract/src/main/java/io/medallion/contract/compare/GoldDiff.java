package io.medallion.contract.compare;

import io.medallion.contract.ColumnType;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.contract.compare.Difference.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the tables of gold. */
final class GoldDiff {

  private final Differences found;
  private final Contract oldContract;
  private final Contract nextContract;

  GoldDiff(Differences found, Contract old, Contract next) {
    this.found = found;
    this.oldContract = old;
    this.nextContract = next;
  }

  void add() {
    Map<String, GoldTable> after = byName(nextContract.gold(), GoldTable::name);
    Map<String, GoldTable> before = byName(oldContract.gold(), GoldTable::name);
    for (GoldTable table : oldContract.gold()) {
      if (after.containsKey(table.name())) {
        addSame(table, after.get(table.name()));
      } else {
        found.add(Kind.BREAKING, place(table), "the table is removed");
      }
    }
    nextContract.gold().stream()
        .filter(table -> !before.containsKey(table.name()))
        .forEach(table -> found.add(Kind.ADDITIVE, place(table), "the table is new"));
  }

  private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
    return all.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  private static String place(GoldTable table) {
    return "gold." + table.name();
  }

  private void addSame(GoldTable old, GoldTable next) {
    String place = place(old);
    found.compare(Kind.BREAKING, place, "by", old.by(), next.by());
    addWindow(found, place, old, next);
    Map<String, GoldTable.Column> after = byName(next.columns(), GoldTable.Column::name);
    Map<String, GoldTable.Column> before = byName(old.columns(), GoldTable.Column::name);
    for (GoldTable.Column column : old.columns()) {
      if (after.containsKey(column.name())) {
        addSame(next, column, after.get(column.name()));
      } else {
        found.add(Kind.BREAKING, place + "." + column.name(), "the column is removed");
      }
    }
    next.columns().stream()
        .filter(column -> !before.containsKey(column.name()))
        .forEach(
            column ->
                found.add(
                    Kind.ADDITIVE,
                    place + "." + column.name(),
                    "the column is new: " + column.aggregate()));
  }

  /** One size is in the settings, which contracts do not tell. */
  private static void addWindow(Differences found, String place, GoldTable old, GoldTable next) {
    if (old.windowText().isPresent() && next.windowText().isPresent()) {
      found.compare(Kind.BREAKING, place, "window", old.windowText(), next.windowText());
    } else {
      found.compareRestating(
          place, "window", window(old), window(next), List.of("late", next.path()));
    }
  }

  private void addSame(GoldTable table, GoldTable.Column old, GoldTable.Column next) {
    String place = place(table) + "." + old.name();
    ColumnType oldType = ColumnType.of(oldContract, old.aggregate());
    ColumnType nextType = ColumnType.of(nextContract, next.aggregate());
    if (oldType != nextType) {
      found.add(
          Kind.BREAKING,
          place,
          "%s, a %s, is %s now, a %s"
              .formatted(old.aggregate(), oldType, next.aggregate(), nextType));
    } else {
      found.compareRestating(
          place,
          "aggregate",
          Optional.of(old.aggregate()),
          Optional.of(next.aggregate()),
          List.of(table.path()));
    }
    found.text(Kind.ADDITIVE, place, "unit", old.unit(), next.unit());
  }

  private static Optional<String> window(GoldTable table) {
    return Optional.of(table.windowText().orElse("that of the job's settings"));
  }
}
