package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Means, extremes and sums, those of one column of silver beside each other. */
final class NumberMeasures {

  private final GoldMeasures measures;
  private final Fact fact;

  private NumberMeasures(GoldMeasures measures) {
    this.measures = measures;
    this.fact = measures.fact();
  }

  static void addTo(GoldMeasures measures) {
    NumberMeasures numbers = new NumberMeasures(measures);
    measures.fact().table().columns().stream()
        .map(GoldTable.Column::aggregate)
        .filter(NumberMeasures::isOfNumbers)
        .map(Fact::lastArgument)
        .distinct()
        .forEach(numbers::addOf);
  }

  private static boolean isOfNumbers(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case AVG, MIN, MAX, SUM -> true;
      case COUNT, COUNT_DISTINCT, MOST_FREQUENT, FIRST, LAST, MEAN_DIRECTION, MEAN_COMPASS_POINT ->
          false;
    };
  }

  private void addOf(String argument) {
    List<String> chart = new ArrayList<>();
    for (Function function : List.of(Function.AVG, Function.MIN, Function.MAX)) {
      column(function, argument).ifPresent(column -> chart.add(add(column, argument)));
    }
    Optional<GoldTable.Column> sum = column(Function.SUM, argument);
    if (sum.isPresent()) {
      String total = add(sum.get(), argument);
      if (chart.isEmpty()) {
        chart.add(total);
      }
      if (fact.isByKey()) {
        addPerKey(sum.get(), total, argument);
      }
    }
    if (!chart.isEmpty()) {
      measures.chart(Labels.capitalized(fact.measured(argument).labelAndUnit()), chart);
    }
  }

  private Optional<GoldTable.Column> column(Function function, String argument) {
    return fact.find(function, List.of(argument))
        .filter(column -> fact.measures(column.aggregate()));
  }

  private String add(GoldTable.Column column, String argument) {
    MeasuredColumn measured = fact.measured(column);
    String label = measured.label();
    String unit = measured.unit().isEmpty() ? "" : ", " + measured.unit();
    String value = fact.dax(column.name());
    String folder = DirectionMeasures.folder(fact, argument);
    return measures.add(
        column.aggregate(),
        switch (column.aggregate().function()) {
          case AVG ->
              new Measure(
                  measures.take("Average " + label),
                  "Mean %s over all events%s: means of windows weighted by their event counts."
                      .formatted(label, unit),
                  mean(value, fact.dax(fact.weight(argument).orElseThrow())),
                  measured.meanFormat(),
                  folder);
          case MIN ->
              new Measure(
                  measures.take("Minimum " + label),
                  "Lowest %s of any event%s.".formatted(label, unit),
                  "MIN(%s)".formatted(value),
                  measured.format(),
                  folder);
          case MAX ->
              new Measure(
                  measures.take("Maximum " + label),
                  "Highest %s of any event%s.".formatted(label, unit),
                  "MAX(%s)".formatted(value),
                  measured.format(),
                  folder);
          case SUM ->
              new Measure(
                  measures.take("Total " + label),
                  "Sum of the %s of all events%s.".formatted(label, unit),
                  "SUM(%s)".formatted(value),
                  measured.format(),
                  folder);
          case COUNT,
              COUNT_DISTINCT,
              MOST_FREQUENT,
              FIRST,
              LAST,
              MEAN_DIRECTION,
              MEAN_COMPASS_POINT ->
              throw new IllegalArgumentException(column.aggregate().toString());
        });
  }

  /** Blank means weigh nothing: of windows that are older than the column, or without a value. */
  private String mean(String mean, String weight) {
    return """
        DIVIDE(
        \tSUMX(%1$s, %2$s * %3$s),
        \tSUMX(FILTER(%1$s, NOT ISBLANK(%2$s)), %3$s)
        )"""
        .formatted(fact.dax(), mean, weight);
  }

  private void addPerKey(GoldTable.Column sum, String total, String argument) {
    MeasuredColumn measured = fact.measured(sum);
    String key = fact.table().by().orElseThrow();
    String thing = Labels.thing(key);
    String unit = measured.unit().isEmpty() ? "" : ", " + measured.unit() + ",";
    measures.add(
        new Measure(
            measures.take(Labels.capitalized(measured.label()) + " per " + thing),
            "Sum of the %s of all events%s by the number of %s that reported."
                .formatted(measured.label(), unit, Labels.plural(thing)),
            "DIVIDE(%s, %s)".formatted(Dax.measure(total), VolumeMeasures.distinct(fact, key)),
            measured.meanFormat(),
            DirectionMeasures.folder(fact, argument)));
  }
}
