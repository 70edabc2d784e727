package io.medallion.powerbi.report;

import io.medallion.powerbi.model.PageFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report to begin with: a page for each of the first tables of gold, and one on the pipeline. */
public final class PlainReport {

  private static final String SCHEMAS =
      "https://developer.microsoft.com/json-schemas/fabric/item/report/";
  private static final String THEME = "Medallion.json";
  private static final int MAX_PAGES_OF_GOLD = 8;

  private PlainReport() {}

  /**
   * The files of the report's folder, by their path in it.
   *
   * @param model the name of the semantic model's folder beside it
   * @param tables what there is to show
   */
  public static Map<String, String> files(String model, List<PageFields> tables) {
    List<Page> pages = new ArrayList<>();
    tables.stream().limit(MAX_PAGES_OF_GOLD).map(Page::of).forEach(pages::add);
    pages.add(Page.health());
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "definition.pbir",
        Json.text(
            Json.object(
                "$schema",
                SCHEMAS + "definitionProperties/2.0.0/schema.json",
                "version",
                "4.0",
                "datasetReference",
                Json.object("byPath", Json.object("path", "../" + model)))));
    files.put(
        "definition/version.json",
        Json.text(
            Json.object(
                "$schema",
                SCHEMAS + "definition/versionMetadata/1.0.0/schema.json",
                "version",
                "2.0.0")));
    files.put("definition/report.json", report());
    files.put("definition/pages/pages.json", order(pages));
    for (Page page : pages) {
      String folder = "definition/pages/" + page.name() + "/";
      files.put(folder + "page.json", page(page));
      for (int i = 0; i < page.visuals().size(); i++) {
        Visual visual = page.visuals().get(i);
        files.put(folder + "visuals/" + visual.name() + "/visual.json", visual.file(i));
      }
    }
    files.put("StaticResources/RegisteredResources/" + THEME, theme());
    return files;
  }

  private static String report() {
    Map<String, Object> theme =
        Json.object(
            "name",
            THEME,
            "reportVersionAtImport",
            Json.object("visual", "2.4.0", "report", "3.0.0", "page", "2.0.0"),
            "type",
            "RegisteredResources");
    Map<String, Object> item = Json.object("name", THEME, "path", THEME, "type", "CustomTheme");
    return Json.text(
        Json.object(
            "$schema",
            SCHEMAS + "definition/report/3.0.0/schema.json",
            "themeCollection",
            Json.object("customTheme", theme),
            "resourcePackages",
            List.of(
                Json.object(
                    "name", "RegisteredResources",
                    "type", "RegisteredResources",
                    "items", List.of(item))),
            "settings",
            Json.object(
                "useStylableVisualContainerHeader", true,
                "defaultDrillFilterOtherVisuals", true,
                "allowChangeFilterTypes", true,
                "useEnhancedTooltips", true,
                "useDefaultAggregateDisplayName", true)));
  }

  private static String order(List<Page> pages) {
    return Json.text(
        Json.object(
            "$schema",
            SCHEMAS + "definition/pagesMetadata/1.0.0/schema.json",
            "pageOrder",
            pages.stream().map(Page::name).toList(),
            "activePageName",
            pages.get(0).name()));
  }

  private static String page(Page page) {
    return Json.text(
        Json.object(
            "$schema",
            SCHEMAS + "definition/page/2.0.0/schema.json",
            "name",
            page.name(),
            "displayName",
            page.title(),
            "displayOption",
            "FitToPage",
            "height",
            Page.HEIGHT,
            "width",
            Page.WIDTH));
  }

  private static String theme() {
    try (InputStream in = PlainReport.class.getResourceAsStream("theme.json")) {
      if (in == null) {
        throw new IllegalStateException("the jar has no theme.json");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
