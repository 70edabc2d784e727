package io.medallion.dashboard.web;

import io.medallion.contract.Contract;
import io.medallion.dashboard.view.Current;
import io.medallion.dashboard.view.GoldColumns;
import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.Measure;
import io.medallion.dashboard.view.Reading;
import io.medallion.dashboard.view.WindRose;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contract and its tables of gold, as the API tells them; values by the columns' names. */
final class GoldJson {

  private GoldJson() {}

  record OfContract(
      String name,
      int version,
      String description,
      String key,
      int generation,
      List<Table> tables) {}

  record Table(String name, String by, String window, List<Measured> measures, List<Word> words) {}

  record Measured(String name, String kind, List<String> of, String unit, String description) {}

  record Word(String name, String kind) {}

  record Keys(String table, List<Key> keys) {}

  record Key(String key, Instant windowStart, Instant windowEnd, Map<String, Object> values) {}

  record Series(
      String table,
      String key,
      long from,
      long to,
      long stepSeconds,
      List<Long> time,
      Map<String, List<Double>> values) {}

  record Rose(
      String table,
      String key,
      long from,
      long to,
      String unit,
      long windows,
      long calm,
      List<Double> bounds,
      List<long[]> sectors) {}

  static OfContract contract(Contract contract, int generation, List<GoldView> tables) {
    return new OfContract(
        contract.name(),
        contract.version(),
        contract.description(),
        contract.keyColumn(),
        generation,
        tables.stream().map(table -> table(table.columns())).toList());
  }

  private static Table table(GoldColumns columns) {
    return new Table(
        columns.table().name(),
        columns.table().by().orElse(null),
        columns.table().windowText().orElse(null),
        columns.measures().stream().map(GoldJson::measured).toList(),
        columns.table().columns().stream()
            .filter(column -> columns.words().contains(column.name()))
            .map(column -> new Word(column.name(), column.aggregate().function().text()))
            .toList());
  }

  private static Measured measured(Measure measure) {
    return new Measured(
        measure.column(),
        measure.aggregate().function().text(),
        measure.aggregate().arguments(),
        measure.unit(),
        measure.description());
  }

  static Keys keys(GoldColumns columns, List<GoldView.Named> keys) {
    return new Keys(
        columns.table().name(),
        keys.stream().map(named -> key(columns, named.key(), named.current())).toList());
  }

  private static Key key(GoldColumns columns, String name, Current current) {
    Reading reading = current.reading();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Measure measure : columns.measures()) {
      values.put(measure.column(), measure.of(reading));
    }
    for (int i = 0; i < columns.words().size(); i++) {
      values.put(columns.words().get(i), current.words().get(i));
    }
    return new Key(
        name,
        Instant.ofEpochSecond(reading.startSeconds()),
        Instant.ofEpochSecond(current.endSeconds()),
        values);
  }

  /** Column by column, which is short and what charts take. */
  static Series series(GoldColumns columns, String key, long from, long to, GoldView.Part part) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (Measure measure : columns.measures()) {
      values.put(measure.column(), part.readings().stream().map(measure::of).toList());
    }
    return new Series(
        columns.table().name(),
        key,
        from,
        to,
        part.width(),
        part.readings().stream().map(Reading::startSeconds).toList(),
        values);
  }

  static Rose rose(GoldColumns columns, Optional<String> key, long from, long to, WindRose rose) {
    return new Rose(
        columns.table().name(),
        key.orElse(null),
        from,
        to,
        columns.direction().flatMap(columns::speed).map(Measure::unit).orElse(""),
        rose.total(),
        rose.calm(),
        Arrays.stream(rose.bounds()).boxed().toList(),
        List.of(rose.counts()));
  }
}
