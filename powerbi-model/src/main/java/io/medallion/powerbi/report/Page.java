package io.medallion.powerbi.report;

import io.medallion.powerbi.model.PageFields;
import java.util.ArrayList;
import java.util.List;

/**
 * A page: what its visuals are, in the order of the keyboard.
 *
 * @param name of its folder
 */
record Page(String name, String title, List<Visual> visuals) {

  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  private static final String HEALTH = "Pipeline health";
  private static final String LATE = "Late events";
  private static final String QUARANTINE = "Quarantine";
  private static final FieldUse DATE = FieldUse.column("Date", "Date");

  /** More than these can't be read side by side. */
  private static final int MAX_CARDS = 7;

  private static final Box HEADING = new Box(16, 8, 560, 48);
  private static final Box DATE_SLICER = new Box(720, 8, 340, 72);
  private static final Box DIMENSION_SLICER = new Box(1068, 8, 196, 72);
  private static final Box CARDS = new Box(16, 92, 1248, 104);
  private static final List<Box> CHARTS =
      List.of(new Box(16, 204, 616, 248), new Box(648, 204, 616, 248));
  private static final Box TABLE = new Box(16, 460, 1248, 248);
  private static final Box TABLE_WITHOUT_CHARTS = new Box(16, 204, 1248, 504);

  /** What a table of gold says: now, over time, and by the values of its column. */
  static Page of(PageFields fields) {
    String table = fields.table();
    FieldUse windowStart = FieldUse.column(table, PageFields.WINDOW_START);
    List<FieldUse> latest = measures(table, fields.latest());
    List<Visual> visuals = new ArrayList<>();
    visuals.add(Visual.heading(table + ", all times UTC", HEADING));
    visuals.add(Visual.slicer("date", DATE, "Between", DATE_SLICER));
    List<FieldUse> rows = new ArrayList<>();
    fields
        .dimension()
        .map(column -> FieldUse.column(column.table(), column.name()))
        .ifPresentOrElse(
            column -> {
              visuals.add(Visual.slicer("values", column, "Dropdown", DIMENSION_SLICER));
              rows.add(column);
              rows.addAll(latest);
            },
            () -> {
              rows.add(windowStart);
              fields.charts().values().forEach(names -> rows.addAll(measures(table, names)));
            });
    visuals.add(
        Visual.cards(
            "Newest window", latest.subList(0, Math.min(latest.size(), MAX_CARDS)), CARDS));
    int charts = 0;
    for (String title : fields.charts().keySet()) {
      if (charts < CHARTS.size()) {
        List<FieldUse> measures = measures(table, fields.charts().get(title));
        Box box = CHARTS.get(charts++);
        visuals.add(Visual.lineChart("chart-" + charts, title, windowStart, measures, box));
      }
    }
    visuals.add(Visual.table(rows.get(0).name(), rows, charts > 0 ? TABLE : TABLE_WITHOUT_CHARTS));
    return new Page(fields.name(), table, visuals);
  }

  /** How the pipeline is; of any contract. No table of gold has this name. */
  static Page health() {
    List<FieldUse> cards =
        List.of(
            FieldUse.measure(HEALTH, "Lag at refresh"),
            FieldUse.measure(HEALTH, "Minutes since refresh"),
            FieldUse.measure(HEALTH, "Data files"),
            FieldUse.measure(HEALTH, "Data size"),
            FieldUse.measure(LATE, "Events too late"),
            FieldUse.measure(QUARANTINE, "Quarantined events"));
    List<FieldUse> rows =
        List.of(
            FieldUse.column(HEALTH, "Table"),
            FieldUse.column(HEALTH, "Version"),
            FieldUse.column(HEALTH, "Last commit"),
            FieldUse.measure(HEALTH, "Commit age"),
            FieldUse.measure(HEALTH, "Data files"),
            FieldUse.measure(HEALTH, "Data size"));
    return new Page(
        "pipeline-health",
        HEALTH,
        List.of(
            Visual.heading(HEALTH + ", all times UTC", HEADING),
            Visual.slicer("date", DATE, "Between", DATE_SLICER),
            Visual.cards("At the last refresh", cards, CARDS),
            Visual.columnChart(
                "late", LATE, DATE, FieldUse.measure(LATE, "Events too late"), CHARTS.get(0)),
            Visual.columnChart(
                "quarantine",
                "Quarantined events by reason",
                FieldUse.column(QUARANTINE, "Reason"),
                FieldUse.measure(QUARANTINE, "Quarantined events"),
                CHARTS.get(1)),
            Visual.table("Tables of the lake", rows, TABLE)));
  }

  private static List<FieldUse> measures(String table, List<String> names) {
    return names.stream().map(name -> FieldUse.measure(table, name)).toList();
  }
}
