package io.medallion.powerbi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables that others refer to: the date, the columns that gold is by, and compass points. */
final class Dimensions {

  private final Star star;
  private final LateEvents late;

  Dimensions(Star star, LateEvents late) {
    this.star = star;
    this.late = late;
  }

  String dateFile() {
    List<String> dates = new ArrayList<>();
    star.facts().forEach(fact -> dates.add(fact.dax(Fact.WINDOW_DATE)));
    dates.add(Dax.column(Star.LATE, Fact.WINDOW_DATE));
    dates.add(Dax.column(Star.QUARANTINE, "Enqueued date"));
    return Template.fill(
        "date.tmdl", Map.of("first", each("MIN(%s)", dates), "last", each("MAX(%s)", dates)));
  }

  private static String each(String form, List<String> values) {
    return values.stream().map(form::formatted).collect(Collectors.joining(", "));
  }

  /** The values of a column of silver that tables of gold are by. */
  String valuesFile(String column, String dimension) {
    String name = Fact.byName(column);
    boolean isKey = column.equals(star.contract().keyColumn());
    List<String> sources = new ArrayList<>();
    for (Fact fact : star.facts()) {
      if (fact.table().by().filter(column::equals).isPresent()) {
        sources.add(values(fact.dax(column), name));
      }
    }
    if (isKey) {
      String keys = Dax.column(Star.LATE, late.keyColumn());
      sources.add(values(keys, name));
    }
    String all =
        sources.size() == 1
            ? sources.get(0)
            : "UNION(\n" + Tmdl.indented(1, String.join(",\n", sources)) + "\n)";
    String thing = Labels.thing(column);
    return Template.fill(
        "values.tmdl",
        Map.of(
            "description",
            "Every %s that gold%s.".formatted(thing, isKey ? " or the late events name" : " names"),
            "table",
            Tmdl.name(dimension),
            "valueDescription",
            isKey
                ? LateEvents.keyDescription(star.contract().event().key())
                : GoldColumns.valueDescription(MeasuredColumn.of(star.contract(), column)),
            "column",
            Tmdl.name(name),
            "columnName",
            name,
            "source",
            Tmdl.indented(4, "DISTINCT(\n" + Tmdl.indented(1, all) + "\n)")));
  }

  private static String values(String column, String name) {
    return "SELECTCOLUMNS(DISTINCT(%s), \"%s\", %s & \"\")".formatted(column, name, column);
  }

  String compassFile(String direction, String dimension) {
    MeasuredColumn column = MeasuredColumn.of(star.contract(), direction);
    return Template.fill(
        "compass.tmdl",
        Map.of(
            "table",
            Tmdl.name(dimension),
            "description",
            "Compass point: " + GoldColumns.valueDescription(column)));
  }
}
