package io.medallion.powerbi.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds the tables of gold that have the same windows against each other: they count the same. */
final class ConsistencyMeasures {

  private static final String FOLDER = "Consistency";

  private ConsistencyMeasures() {}

  /**
   * Adds a measure to each table whose windows one before it has.
   *
   * @param tables the measures of each table, that with the plain names first
   */
  static void addTo(List<GoldMeasures> tables) {
    for (int i = 1; i < tables.size(); i++) {
      GoldMeasures table = tables.get(i);
      tables.subList(0, i).stream()
          .filter(other -> other.fact().hasWindowsOf(table.fact()))
          .filter(other -> other.events().isPresent())
          .findFirst()
          .ifPresent(other -> add(table, other));
    }
  }

  private static void add(GoldMeasures table, GoldMeasures other) {
    Optional<String> difference =
        table.events().map(events -> events(table) + " - " + events(other));
    difference.ifPresent(
        dax ->
            table.add(
                new Measure(
                    table.take("Gold difference"),
                    "Events by which '%s' and '%s' differ. Not 0 for long means that something is wrong; for a moment it is, if a window was written between the reading of the one and of the other."
                        .formatted(table.fact().name(), other.fact().name()),
                    dax,
                    Formats.COUNT,
                    FOLDER)));
  }

  /** All events of a table on the dates of the report, whatever else it filters. */
  private static String events(GoldMeasures table) {
    Stream<String> dimensions = table.fact().dimensions().values().stream();
    return Dax.unfiltered(dimensions.toList(), Dax.measure(table.events().orElseThrow()));
  }
}
