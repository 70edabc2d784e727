package io.medallion.powerbi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which column of a table refers to which dimension: many rows to one. */
final class Relationships {

  private final Names names = new Names();
  private final List<String> all = new ArrayList<>();

  private Relationships() {}

  static String file(Star star, LateEvents late) {
    Relationships relationships = new Relationships();
    relationships.add("late_events", Star.LATE, Fact.WINDOW_DATE, Star.DATE, Star.DATE);
    relationships.add("quarantine", Star.QUARANTINE, "Enqueued date", Star.DATE, Star.DATE);
    Optional<String> keys = star.keys();
    keys.ifPresent(
        dimension ->
            relationships.add(
                "late_events",
                Star.LATE,
                late.keyColumn(),
                dimension,
                Fact.byName(star.contract().keyColumn())));
    for (Fact fact : star.facts()) {
      String table = fact.table().name();
      relationships.add(table, fact.name(), Fact.WINDOW_DATE, Star.DATE, Star.DATE);
      fact.dimensions()
          .forEach(
              (column, dimension) ->
                  relationships.add(
                      table,
                      fact.name(),
                      fact.columnName(column),
                      dimension,
                      star.values().containsValue(dimension) ? Fact.byName(column) : "Point"));
    }
    return String.join("\n\n", relationships.all) + "\n";
  }

  private void add(String prefix, String table, String column, String dimension, String to) {
    String suffix = dimension.toLowerCase(Locale.ROOT).replaceAll("\\W+", "_");
    all.add(
        "relationship %s\n\tfromColumn: %s.%s\n\ttoColumn: %s.%s"
            .formatted(
                names.take(prefix + "_" + suffix).replace(' ', '_'),
                Tmdl.name(table),
                Tmdl.name(column),
                Tmdl.name(dimension),
                Tmdl.name(to)));
  }
}
