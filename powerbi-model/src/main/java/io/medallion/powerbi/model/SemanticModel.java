package io.medallion.powerbi.model;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The model of a lake: its tables of gold with their dimensions and measures, late events,
 * quarantine, and how the tables of the lake are. It follows from the contract alone: the same
 * contract always gives the same text.
 */
public final class SemanticModel {

  private static final Map<ChronoUnit, String> UNITS =
      Map.of(ChronoUnit.DAYS, " d", ChronoUnit.HOURS, " h", ChronoUnit.MINUTES, " min");

  private final Contract contract;
  private final Star star;
  private final List<GoldMeasures> measures = new ArrayList<>();
  private final LateEvents late;
  private final Quarantine quarantine;

  public SemanticModel(Contract contract) {
    this.contract = contract;
    star = new Star(contract);
    Names names = new Names();
    // Late events and quarantine have names that are there in every model.
    names.reserve(HealthMeasures.NAMES);
    for (Fact fact : star.mainFirst()) {
      measures.add(GoldMeasures.of(fact, names));
    }
    ConsistencyMeasures.addTo(measures);
    late = new LateEvents(star, measures.get(0));
    quarantine = new Quarantine(star, measures.get(0));
  }

  /** The texts of the folder {@code definition}, by their path in it. */
  public Map<String, String> files() {
    Map<String, String> tables = tables();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("database.tmdl", "database\n\tcompatibilityLevel: 1600\n");
    files.put(
        "expressions.tmdl", Template.fill("expressions.tmdl", Map.of("folder", contract.name())));
    files.put("model.tmdl", model(List.copyOf(tables.keySet())));
    files.put("relationships.tmdl", Relationships.file(star, late));
    tables.forEach((name, text) -> files.put("tables/" + name + ".tmdl", text));
    return files;
  }

  private String model(List<String> tables) {
    String what =
        contract.description().isEmpty()
            ? Labels.title(contract.name())
            : Labels.firstSentence(contract.description());
    return Template.fill(
        "model.tmdl",
        Map.of(
            "what",
            what,
            "tables",
            tables.stream()
                .map(name -> "ref table " + Tmdl.name(name))
                .collect(Collectors.joining("\n"))));
  }

  private Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    for (Fact fact : star.facts()) {
      tables.put(fact.name(), gold(measuresOf(fact)));
    }
    tables.put(Star.LATE, late.file());
    tables.put(Star.QUARANTINE, quarantine.file());
    tables.put(Star.HEALTH, health());
    Dimensions dimensions = new Dimensions(star, late);
    tables.put(Star.DATE, dimensions.dateFile());
    star.values().forEach((column, name) -> tables.put(name, dimensions.valuesFile(column, name)));
    star.compasses()
        .forEach((column, name) -> tables.put(name, dimensions.compassFile(column, name)));
    return tables;
  }

  private GoldMeasures measuresOf(Fact fact) {
    return measures.stream().filter(one -> one.fact() == fact).findFirst().orElseThrow();
  }

  private String gold(GoldMeasures gold) {
    GoldTable table = gold.fact().table();
    RefreshPolicy policy = RefreshPolicy.of(table);
    List<String> members = new ArrayList<>();
    gold.all().forEach(measure -> members.add(Tmdl.measure(measure)));
    GoldColumns.of(gold, LateEvents.keyDescription(contract.event().key()))
        .forEach(column -> members.add(Tmdl.column(column)));
    return Template.fill(
        "gold-table.tmdl",
        Map.of(
            "description",
            "One row for each %s: %s. A row never changes once it is written."
                .formatted(rows(table), table.path()),
            "table",
            Tmdl.name(gold.fact().name()),
            "days",
            Integer.toString(policy.days()),
            "months",
            Integer.toString(policy.months()),
            "members",
            Tmdl.blocks(members),
            "query",
            Tmdl.indented(4, GoldQuery.of(contract, table))));
  }

  /** What a row of a table is of, as {@code station and closed window of 1 h}. */
  public static String rows(GoldTable table) {
    String of = table.window().map(size -> " of " + text(size)).orElse("");
    return table.by().map(by -> Labels.thing(by) + " and ").orElse("") + "closed window" + of;
  }

  private static String text(Duration size) {
    for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
      if (size.toSeconds() % unit.getDuration().toSeconds() == 0) {
        return size.dividedBy(unit.getDuration()) + UNITS.get(unit);
      }
    }
    return size.toSeconds() + " s";
  }

  private String health() {
    String gold =
        contract.gold().stream()
            .map(table -> "\"" + table.path() + "\"")
            .collect(Collectors.joining(", "));
    String windowEnd = measures.get(0).latestWindowEnd();
    return Template.fill(
        "pipeline-health.tmdl", Map.of("gold", gold, "latestWindowEnd", Dax.measure(windowEnd)));
  }

  /**
   * What a page of a report can show of each table that others are not told from, the main first.
   */
  public List<PageFields> pages() {
    return measures.stream()
        .filter(gold -> !gold.fact().isToldFromOthers())
        .map(this::page)
        .toList();
  }

  private PageFields page(GoldMeasures gold) {
    Fact fact = gold.fact();
    return new PageFields(
        fact.table().name(),
        fact.name(),
        fact.table().by().map(by -> new PageFields.Column(star.values().get(by), Fact.byName(by))),
        gold.all().stream()
            .filter(measure -> measure.folder().equals(LatestMeasures.FOLDER))
            .map(Measure::name)
            .toList(),
        gold.charts());
  }

  /** Means that have no measure, as it is not known how many events they are over. */
  public List<String> meansWithoutMeasure() {
    return measures.stream()
        .flatMap(
            gold ->
                gold.withoutMeasure().stream()
                    .map(column -> gold.fact().table().name() + "." + column.name()))
        .toList();
  }
}
