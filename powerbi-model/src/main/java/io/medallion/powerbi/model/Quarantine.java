package io.medallion.powerbi.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of rejected events, counted by day and reason. */
final class Quarantine {

  static final String COUNT = "Quarantined events";
  static final String SHARE = "Quarantine share";

  private static final String FOLDER = Star.QUARANTINE;

  private final Star star;
  private final GoldMeasures main;

  Quarantine(Star star, GoldMeasures main) {
    this.star = star;
    this.main = main;
  }

  List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    measures.add(
        new Measure(
            COUNT,
            "Events that were rejected.",
            "SUM('Quarantine'[eventCount])",
            Formats.COUNT,
            FOLDER));
    main.events().map(this::share).ifPresent(measures::add);
    return measures;
  }

  private Measure share(String events) {
    Set<String> dimensions = new LinkedHashSet<>(main.fact().dimensions().values());
    star.keys().ifPresent(dimensions::add);
    String dax =
        """
        DIVIDE(
        \t[Quarantined events],
        \t[Quarantined events] + %s + [Events too late]
        )"""
            .formatted(Dax.measure(events));
    return new Measure(
        SHARE,
        "Events that were rejected, of these, the late ones and those in closed windows. Blank under a"
            + " filter on what a rejected event does not have.",
        Dax.unlessFiltered(List.copyOf(dimensions), dax),
        "0.00 %",
        FOLDER);
  }

  String file() {
    return Template.fill(
        "quarantine.tmdl",
        Map.of("measures", Tmdl.blocks(measures().stream().map(Tmdl::measure).toList())));
  }
}
