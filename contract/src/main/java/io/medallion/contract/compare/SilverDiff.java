package io.medallion.contract.compare;

import io.medallion.contract.ColumnType;
import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.compare.Difference.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the columns of silver: fields of the event and what follows from them. */
final class SilverDiff {

  private final Differences found;
  private final Replay replay;
  private final Contract old;
  private final Contract next;

  SilverDiff(Differences found, Replay replay, Contract old, Contract next) {
    this.found = found;
    this.replay = replay;
    this.old = old;
    this.next = next;
  }

  void add() {
    Map<String, ColumnType> before = types(old);
    Map<String, ColumnType> after = types(next);
    before.forEach(
        (name, type) -> {
          String place = place(name);
          if (!after.containsKey(name)) {
            found.add(Kind.BREAKING, place, "the column is removed");
          } else if (type != after.get(name)) {
            found.add(
                Kind.BREAKING,
                place,
                "type of the column %s is %s now".formatted(type, after.get(name)));
          } else {
            addSame(name);
          }
        });
    after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(this::addNew);
  }

  private static Map<String, ColumnType> types(Contract contract) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    contract.fields().forEach(field -> types.put(field.name(), ColumnType.of(field)));
    contract.silver().forEach(column -> types.put(column.name(), ColumnType.of(column)));
    return types;
  }

  static String place(String column) {
    return "silver." + column;
  }

  private void addNew(String name) {
    Optional<Field> field = next.field(name);
    if (field.isEmpty()) {
      found.add(
          Kind.ADDITIVE,
          place(name),
          "the column is new: " + next.derived(name).orElseThrow().formula().text());
    } else if (field.get().required()) {
      found.restating(
          place(name),
          "the field is new and required: events without it are rejected",
          replay.everything());
    } else {
      found.add(Kind.ADDITIVE, place(name), "the optional field is new");
    }
  }

  /** Compares what is a column of the same name and type in both. */
  private void addSame(String name) {
    Optional<Field> oldField = old.field(name);
    Optional<Field> nextField = next.field(name);
    if (oldField.isPresent() && nextField.isPresent()) {
      new FieldDiff(found, replay, place(name))
          .add(old.event(), oldField.get(), next.event(), nextField.get());
      return;
    }
    found.compareRestating(
        place(name), "source", source(old, name), source(next, name), redo(oldField, name));
    found.text(Kind.ADDITIVE, place(name), "unit", unit(old, name), unit(next, name));
  }

  /** A required field that is none any more rejects events no more. */
  private List<String> redo(Optional<Field> oldField, String name) {
    boolean judges = oldField.isPresent() || next.field(name).isPresent();
    return judges ? replay.everything() : replay.column(name);
  }

  private static Optional<String> source(Contract contract, String name) {
    return Optional.of(
        contract
            .derived(name)
            .map(column -> column.formula().text())
            .orElse("a field of the event"));
  }

  private static String unit(Contract contract, String name) {
    return contract
        .derived(name)
        .map(DerivedColumn::unit)
        .or(() -> contract.field(name).map(Field::unit))
        .orElse("");
  }
}
