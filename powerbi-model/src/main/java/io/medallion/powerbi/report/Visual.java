package io.medallion.powerbi.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A visual of a page. Every one has an alternative text.
 *
 * @param roles the fields by what they are for
 * @param objects how parts of the visual look
 * @param title empty to show none
 */
record Visual(
    String name,
    String type,
    Box box,
    Map<String, List<FieldUse>> roles,
    Optional<FieldUse> sortedBy,
    Map<String, Object> objects,
    String title,
    String altText) {

  private static final String SCHEMA =
      "https://developer.microsoft.com/json-schemas/fabric/item/report/definition/visualContainer/2.4.0/schema.json";

  /** Tab orders are apart, so that there is room for visuals that are added by hand. */
  private static final int TAB_STEP = 1000;

  static Visual heading(String text, Box box) {
    Map<String, Object> run =
        Json.object(
            "value", text, "textStyle", Json.object("fontWeight", "bold", "fontSize", "20pt"));
    Map<String, Object> objects =
        Json.object(
            "general",
            Json.properties("paragraphs", List.of(Json.object("textRuns", List.of(run)))));
    return new Visual("title", "textbox", box, Map.of(), Optional.empty(), objects, "", text);
  }

  static Visual slicer(String name, FieldUse column, String mode, Box box) {
    return new Visual(
        name,
        "slicer",
        box,
        Map.of("Values", List.of(column)),
        Optional.empty(),
        Json.object("data", Json.properties("mode", Json.textLiteral(mode))),
        column.name(),
        "Filter: " + column.name() + ".");
  }

  static Visual cards(String title, List<FieldUse> measures, Box box) {
    return new Visual(
        "cards",
        "cardVisual",
        box,
        Map.of("Data", measures),
        Optional.empty(),
        Map.of(),
        title,
        title + ": " + names(measures) + ".");
  }

  static Visual lineChart(
      String name, String title, FieldUse time, List<FieldUse> measures, Box box) {
    return chart(name, "lineChart", title, time, measures, box);
  }

  static Visual columnChart(String name, String title, FieldUse category, FieldUse y, Box box) {
    return chart(name, "clusteredColumnChart", title, category, List.of(y), box);
  }

  private static Visual chart(
      String name, String type, String title, FieldUse category, List<FieldUse> y, Box box) {
    Map<String, List<FieldUse>> roles = new LinkedHashMap<>();
    roles.put("Category", List.of(category));
    roles.put("Y", y);
    List<Map<String, Object>> withoutTitle =
        Json.properties("showAxisTitle", Json.literal("false"));
    Map<String, Object> objects =
        Json.object(
            "categoryAxis",
            withoutTitle,
            "valueAxis",
            withoutTitle,
            "legend",
            Json.properties(
                "show", Json.literal(Boolean.toString(y.size() > 1)),
                "position", Json.textLiteral("Top")));
    String altText = "Chart of %s by %s.".formatted(names(y), category.name());
    return new Visual(name, type, box, roles, Optional.of(category), objects, title, altText);
  }

  static Visual table(String title, List<FieldUse> fields, Box box) {
    return new Visual(
        "table",
        "tableEx",
        box,
        Map.of("Values", fields),
        Optional.of(fields.get(0)),
        Map.of(),
        title,
        "Table: " + names(fields) + ".");
  }

  private static String names(List<FieldUse> fields) {
    return String.join(", ", fields.stream().map(FieldUse::name).toList());
  }

  /**
   * The visual's file.
   *
   * @param place among the page's visuals, from 0, in the order of the keyboard
   */
  String file(int place) {
    Map<String, Object> visual = Json.object("visualType", type);
    if (!roles.isEmpty()) {
      visual.put("query", query());
    }
    if (!objects.isEmpty()) {
      visual.put("objects", objects);
    }
    Map<String, Object> shownTitle = Json.object("show", Json.literal("" + !title.isEmpty()));
    if (!title.isEmpty()) {
      shownTitle.put("text", Json.textLiteral(title));
    }
    visual.put(
        "visualContainerObjects",
        Json.object(
            "general",
            Json.properties("altText", Json.textLiteral(altText)),
            "title",
            List.of(Json.object("properties", shownTitle))));
    visual.put("drillFilterOtherVisuals", true);
    return Json.text(
        Json.object(
            "$schema", SCHEMA, "name", name, "position", position(place), "visual", visual));
  }

  private Map<String, Object> position(int place) {
    int order = place * TAB_STEP;
    return Json.object(
        "x",
        box.x(),
        "y",
        box.y(),
        "z",
        order,
        "height",
        box.height(),
        "width",
        box.width(),
        "tabOrder",
        order);
  }

  private Map<String, Object> query() {
    Map<String, Object> state = new LinkedHashMap<>();
    roles.forEach(
        (role, fields) ->
            state.put(
                role,
                Json.object("projections", fields.stream().map(FieldUse::projection).toList())));
    Map<String, Object> query = Json.object("queryState", state);
    sortedBy.ifPresent(
        field ->
            query.put(
                "sortDefinition",
                Json.object(
                    "sort",
                    List.of(Json.object("field", field.field(), "direction", "Ascending")))));
    return query;
  }
}
