package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The measures of a table of gold: its aggregates over several windows and rows, as far as rows
 * tell them. Sums and counts are added up, extremes compared, means weighted by the events that
 * they are over. A count of different keys is of one window only.
 */
final class GoldMeasures {

  private final Fact fact;
  private final Names names;
  private final List<Measure> measures = new ArrayList<>();
  private final Map<Aggregate, String> byAggregate = new HashMap<>();
  private final Map<String, List<String>> charts = new LinkedHashMap<>();

  private String latestWindowEnd = "";

  private GoldMeasures(Fact fact, Names names) {
    this.fact = fact;
    this.names = names;
  }

  /**
   * Makes the measures of a table.
   *
   * @param names of all measures of the model: the first table that takes a name has it plain
   */
  static GoldMeasures of(Fact fact, Names names) {
    GoldMeasures made = new GoldMeasures(fact, names);
    VolumeMeasures.addTo(made);
    NumberMeasures.addTo(made);
    DirectionMeasures.addTo(made);
    LatestMeasures.addTo(made);
    return made;
  }

  Fact fact() {
    return fact;
  }

  List<Measure> all() {
    return measures;
  }

  /** The name of the measure of an aggregate, if the table has one. */
  Optional<String> of(Aggregate aggregate) {
    return Optional.ofNullable(byAggregate.get(aggregate));
  }

  /** The name of the measure that counts events. */
  Optional<String> events() {
    return of(new Aggregate(Function.COUNT, List.of()));
  }

  /**
   * The name of the measure that tells the end of the newest window; of no table told from another.
   */
  String latestWindowEnd() {
    return latestWindowEnd;
  }

  void latestWindowEnd(String name) {
    latestWindowEnd = name;
  }

  /** Names of measures that belong in one chart over time, by its title. */
  Map<String, List<String>> charts() {
    return charts;
  }

  /** Columns that are means over an unknown number of events, so that no measure is. */
  List<GoldTable.Column> withoutMeasure() {
    return fact.distinctColumns().stream()
        .filter(column -> column.aggregate().function() == Function.AVG)
        .filter(column -> !fact.tells(column.aggregate()))
        .filter(column -> !fact.othersTell(column.aggregate()))
        .toList();
  }

  /** A name that no measure has, and no column of the table; the given one if possible. */
  String take(String name) {
    return names.takeBeside(fact.modelColumns(), name, name + " " + fact.distinction());
  }

  String add(Measure measure) {
    measures.add(measure);
    return measure.name();
  }

  String add(Aggregate aggregate, Measure measure) {
    byAggregate.put(aggregate, measure.name());
    return add(measure);
  }

  void chart(String title, List<String> shown) {
    charts.put(title, List.copyOf(shown));
  }
}
