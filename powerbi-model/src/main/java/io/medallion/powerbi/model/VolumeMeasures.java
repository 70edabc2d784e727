package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;

/** How many events, windows and keys there are. */
final class VolumeMeasures {

  static final String FOLDER = "Volume";

  private final GoldMeasures measures;
  private final Fact fact;

  private VolumeMeasures(GoldMeasures measures) {
    this.measures = measures;
    this.fact = measures.fact();
  }

  static void addTo(GoldMeasures measures) {
    VolumeMeasures volume = new VolumeMeasures(measures);
    measures.fact().distinctColumns().forEach(volume::addCount);
    if (!measures.fact().isToldFromOthers()) {
      volume.addWindows();
      measures.fact().table().by().ifPresent(volume::addKeys);
    }
  }

  private void addCount(GoldTable.Column column) {
    Aggregate aggregate = column.aggregate();
    if (aggregate.function() != Function.COUNT) {
      return;
    }
    String sum = "SUM(%s)".formatted(fact.dax(column.name()));
    if (aggregate.arguments().isEmpty()) {
      // Of every table, so that they can be held against each other.
      String name = measures.take("Events");
      String as = name.equals("Events") ? "" : ", as '" + fact.name() + "' counts them";
      String description = "Events in closed windows" + as + ".";
      measures.add(aggregate, new Measure(name, description, sum, Formats.COUNT, FOLDER));
    } else if (fact.measures(aggregate)) {
      String label = fact.measured(column).label();
      String name = measures.take("Events with " + label);
      String description = "Events in closed windows that have a value of " + label + ".";
      measures.add(aggregate, new Measure(name, description, sum, Formats.COUNT, FOLDER));
    }
  }

  private void addWindows() {
    measures.add(
        new Measure(
            measures.take("Windows"),
            "Windows that have closed with at least one event.",
            "DISTINCTCOUNT(%s)".formatted(fact.dax(Fact.WINDOW_START)),
            Formats.COUNT,
            FOLDER));
  }

  private void addKeys(String by) {
    if (fact.isByKey()) {
      String keys = Labels.plural(Labels.thing(by));
      measures.add(
          new Measure(
              measures.take("Reporting " + keys),
              Labels.capitalized(keys) + " with at least one event in a closed window.",
              distinct(fact, by),
              Formats.COUNT,
              FOLDER));
    }
  }

  static String distinct(Fact fact, String by) {
    return "DISTINCTCOUNT(%s)".formatted(fact.dax(by));
  }
}
