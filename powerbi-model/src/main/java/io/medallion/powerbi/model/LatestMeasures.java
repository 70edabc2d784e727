package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.GoldTable;
import java.util.Map;

/** What the newest closed window says, of whatever a report filters. */
final class LatestMeasures {

  static final String FOLDER = "Latest window";

  private final GoldMeasures measures;
  private final Fact fact;

  private LatestMeasures(GoldMeasures measures) {
    this.measures = measures;
    this.fact = measures.fact();
  }

  static void addTo(GoldMeasures measures) {
    LatestMeasures latest = new LatestMeasures(measures);
    if (!measures.fact().isToldFromOthers()) {
      latest.addWindowEnd();
    }
    measures.fact().distinctColumns().forEach(latest::add);
  }

  private void addWindowEnd() {
    Measure end =
        new Measure(
            measures.take("Latest window end"),
            "End of the newest closed window, UTC.",
            "MAX(%s)".formatted(fact.dax(Fact.WINDOW_END)),
            Formats.INSTANT,
            FOLDER);
    measures.latestWindowEnd(measures.add(end));
  }

  private void add(GoldTable.Column column) {
    switch (column.aggregate().function()) {
      case AVG -> addOf(column, "mean", fact.measured(column).meanFormat());
      case MEAN_COMPASS_POINT -> addOf(column, "compass point of the mean", "");
      case MOST_FREQUENT -> addText(column);
      case COUNT_DISTINCT -> addKeys(column);
      case COUNT, SUM, MIN, MAX, FIRST, LAST, MEAN_DIRECTION -> {}
    }
  }

  /** The measure of all windows, in the newest one. */
  private void addOf(GoldTable.Column column, String what, String format) {
    MeasuredColumn measured = fact.measured(column);
    String unit = format.isEmpty() || measured.unit().isEmpty() ? "" : ", " + measured.unit();
    measures
        .of(column.aggregate())
        .ifPresent(
            measure ->
                measures.add(
                    new Measure(
                        measures.take("Current " + measured.label()),
                        "%s %s in the newest closed window%s."
                            .formatted(Labels.capitalized(what), measured.label(), unit),
                        latest(Dax.measure(measure)),
                        format,
                        FOLDER)));
  }

  private void addText(GoldTable.Column column) {
    Aggregate aggregate = column.aggregate();
    if (!fact.measures(aggregate)) {
      return;
    }
    String label = fact.measured(column).label();
    String dax =
        """
        MAXX(
        \tTOPN(1, FILTER(VALUES(%1$s), NOT ISBLANK(%1$s)), %2$s, DESC, %1$s, ASC),
        \t%1$s
        )"""
            .formatted(fact.dax(column.name()), Dax.measure(measures.events().orElseThrow()));
    measures.add(
        aggregate,
        new Measure(
            measures.take("Current " + label),
            "Most frequent %s in the newest closed window; of several rows, that of most events."
                .formatted(label),
            latest(dax),
            "",
            FOLDER));
  }

  private void addKeys(GoldTable.Column column) {
    String keys = Labels.plural(Labels.thing(column.aggregate().arguments().get(0)));
    measures.add(
        new Measure(
            measures.take(Labels.capitalized(keys) + " in the latest window"),
            Labels.capitalized(keys) + " with at least one event in the newest closed window.",
            latest("MAX(%s)".formatted(fact.dax(column.name()))),
            Formats.COUNT,
            FOLDER));
  }

  private String latest(String expression) {
    return Template.fill(
        "latest.dax",
        Map.of(
            "windowStart", fact.dax(Fact.WINDOW_START),
            "expression", Tmdl.indented(2, expression).strip()));
  }
}
