package io.medallion.powerbi.model;

import io.medallion.contract.EventForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of late events, counted by key and missed window. */
final class LateEvents {

  static final String COUNT = "Events too late";
  static final String SHARE = "Late share";

  private static final String FOLDER = Star.LATE;
  private static final String SECONDS = "#,0 \\s";

  private final Star star;
  private final GoldMeasures main;
  private final Names names = new Names();
  private final String keyName;

  LateEvents(Star star, GoldMeasures main) {
    this.star = star;
    this.main = main;
    names.reserve(List.of(Fact.WINDOW_START, Fact.WINDOW_DATE));
    names.reserve(List.of("lateCount", "totalLatenessMillis", "maxLatenessMillis"));
    keyName = names.take(Fact.byName(key().column()), key().column());
  }

  private EventForm.Key key() {
    return star.contract().event().key();
  }

  /** The column that refers to the dimension of keys. */
  String keyColumn() {
    return keyName;
  }

  /** What the column of keys is, in each table that has it. */
  static String keyDescription(EventForm.Key key) {
    return "%s, as the events name it; %s if they do not."
        .formatted(Fact.byName(key.column()), Labels.oneLine(key.otherwise()));
  }

  List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    measures.add(
        new Measure(
            COUNT,
            "Events that gold does not count because their window had closed.",
            "SUM('Late events'[lateCount])",
            Formats.COUNT,
            FOLDER));
    main.events().map(this::share).ifPresent(measures::add);
    measures.add(
        new Measure(
            "Average lateness",
            "Mean event time by which late events missed their window, s.",
            "DIVIDE(SUM('Late events'[totalLatenessMillis]), SUM('Late events'[lateCount])) / 1000",
            SECONDS,
            FOLDER));
    measures.add(
        new Measure(
            "Maximum lateness",
            "Longest event time by which an event missed its window, s.",
            "MAX('Late events'[maxLatenessMillis]) / 1000",
            SECONDS,
            FOLDER));
    return measures;
  }

  private Measure share(String events) {
    String all = Dax.measure(events);
    return new Measure(
        SHARE,
        "Events that came too late, of all valid events whose window has closed. Blank under a filter"
            + " that only one of the two has.",
        Dax.unlessFiltered(
            onlyInOne(), "DIVIDE([Events too late], %s + [Events too late])".formatted(all)),
        "0.00 %",
        FOLDER);
  }

  /** Dimensions that filter either late events or the events of gold. */
  private List<String> onlyInOne() {
    List<String> ofGold = new ArrayList<>(main.fact().dimensions().values());
    Optional<String> keys = star.keys();
    if (keys.isPresent() && !ofGold.remove(keys.get())) {
      ofGold.add(keys.get());
    }
    return ofGold;
  }

  String file() {
    String key = key().column();
    return Template.fill(
        "late-events.tmdl",
        Map.of(
            "thing", Labels.thing(key),
            "measures", Tmdl.blocks(measures().stream().map(Tmdl::measure).toList()),
            "keyDescription", keyDescription(key()),
            "keyName", Tmdl.name(keyName),
            "keyHidden", star.keys().isPresent() ? "\t\tisHidden\n" : "",
            "key", key,
            "keyField", GoldQuery.field(key)));
  }
}
