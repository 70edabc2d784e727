package io.medallion.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page's files: a fixed list from the class path, read once. No part of a request is ever a
 * name of a file.
 */
final class Pages {

  private static final String OWN = "/io/medallion/dashboard/page/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final String SCRIPTS =
      "app audit charts dom format keys layout live"
          + " login now pipeline quarantine rose tables theme";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  private final Map<String, Reply> files = new LinkedHashMap<>();

  Pages() {
    add("/", OWN + "index.html", HTML);
    add("/login", OWN + "login.html", HTML);
    add("/assets/page.css", OWN + "page.css", CSS);
    add("/assets/icon.svg", OWN + "icon.svg", SVG);
    for (String script : SCRIPTS.split(" ", -1)) {
      add("/assets/" + script + ".js", OWN + script + ".js", SCRIPT);
    }
    add("/assets/uplot.js", UPLOT + "uPlot.esm.js", SCRIPT);
    add("/assets/uplot.css", UPLOT + "uPlot.min.css", CSS);
  }

  private void add(String path, String resource, String type) {
    try (InputStream in = Pages.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + resource);
      }
      files.put(path, Reply.of(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** By their paths. */
  Map<String, Reply> files() {
    return Collections.unmodifiableMap(files);
  }
}
