package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;
import java.util.List;
import java.util.Map;

/**
 * Mean directions of several windows: sums of vectors, each as long as the window's mean speed
 * times its events. A window has its mean direction, and not the length of its vector: one in which
 * the direction turned counts a little too much.
 */
final class DirectionMeasures {

  private final GoldMeasures measures;
  private final Fact fact;
  private final GoldTable.Column column;
  private final String folder;

  private DirectionMeasures(GoldMeasures measures, GoldTable.Column column) {
    this.measures = measures;
    this.fact = measures.fact();
    this.column = column;
    this.folder = Labels.capitalized(subject(fact, column.aggregate()));
  }

  static void addTo(GoldMeasures measures) {
    for (GoldTable.Column column : measures.fact().distinctColumns()) {
      Aggregate aggregate = column.aggregate();
      if (aggregate.function() == Function.MEAN_DIRECTION && measures.fact().measures(aggregate)) {
        new DirectionMeasures(measures, column).add();
      }
    }
  }

  /** What moves: {@code wind}, of the direction {@code windDirection}. */
  private static String subject(Fact fact, Aggregate aggregate) {
    String label = fact.measured(Fact.lastArgument(aggregate)).label();
    return Labels.without(label, "degrees", "direction");
  }

  /** The folder of what a column measures; speeds and directions are with what moves. */
  static String folder(Fact fact, String argument) {
    return fact.table().columns().stream()
        .map(GoldTable.Column::aggregate)
        .filter(aggregate -> aggregate.function() == Function.MEAN_DIRECTION)
        .filter(aggregate -> aggregate.arguments().contains(argument))
        .map(aggregate -> subject(fact, aggregate))
        .findFirst()
        .map(Labels::capitalized)
        .orElseGet(() -> Labels.capitalized(fact.measured(argument).label()));
  }

  private void add() {
    String label = fact.measured(Fact.lastArgument(column.aggregate())).label();
    String run =
        addRun(
            "",
            "Mean speed times events, summed over the windows that have a direction: the weight of their directions.",
            "");
    String north =
        addRun(" from north", "The north component of the %s.".formatted(runName()), "COS");
    String east = addRun(" from east", "The east component of the %s.".formatted(runName()), "SIN");
    Map<String, String> parts =
        Map.of("run", Dax.measure(run), "north", Dax.measure(north), "east", Dax.measure(east));
    String degrees =
        measures.add(
            column.aggregate(),
            new Measure(
                measures.take(Labels.capitalized(label) + " (degrees)"),
                "%s, degrees clockwise from north: vector mean of the windows, weighted by mean speed times events. Exact within a window; over several, a window in which it turned counts a little too much. Blank when calm."
                    .formatted(Labels.capitalized(label)),
                Template.fill("direction.dax", parts),
                Formats.DEGREES,
                folder));
    addPoint(label, degrees);
    measures.add(
        new Measure(
            measures.take(folder + " steadiness"),
            "Length of the mean vector over the mean speed: 100 % if the direction never turned, 0 % if all directions were alike.",
            Template.fill("steadiness.dax", parts),
            Formats.SHARE,
            folder));
  }

  private String runName() {
    return subject(fact, column.aggregate()) + " run";
  }

  private String addRun(String from, String description, String component) {
    List<String> arguments = column.aggregate().arguments();
    String speed = fact.find(Function.AVG, arguments.subList(0, 1)).orElseThrow().name();
    String weight = fact.weight(arguments.get(0)).orElseThrow();
    String direction = fact.dax(column.name());
    String part = component.isEmpty() ? "" : " * %s(RADIANS(%s))".formatted(component, direction);
    String dax =
        """
        SUMX(
        \tFILTER(%s, NOT ISBLANK(%s)),
        \t%s * %s%s
        )"""
            .formatted(fact.dax(), direction, fact.dax(weight), fact.dax(speed), part);
    String name = measures.take(Labels.capitalized(runName()) + from);
    return measures.add(new Measure(name, description, dax, "", folder, true));
  }

  private void addPoint(String label, String degrees) {
    Aggregate point = new Aggregate(Function.MEAN_COMPASS_POINT, column.aggregate().arguments());
    fact.find(point.function(), point.arguments())
        .map(found -> fact.dimensions().get(found.name()))
        .ifPresent(
            dimension ->
                measures.add(
                    point,
                    new Measure(
                        measures.take(Labels.capitalized(label) + " (compass)"),
                        "Compass point of the mean %s, one of 16; blank when calm."
                            .formatted(label),
                        Template.fill(
                            "compass-point.dax",
                            Map.of(
                                "degrees", Dax.measure(degrees),
                                "dimension", Dax.table(dimension))),
                        "",
                        folder)));
  }
}
