package io.medallion.powerbi.model;

/**
 * A number or text that a report shows, for whatever it filters.
 *
 * @param dax how it is computed
 * @param format of a number; empty for a text
 * @param isHidden whether only other measures use it
 */
record Measure(
    String name, String description, String dax, String format, String folder, boolean isHidden) {

  Measure(String name, String description, String dax, String format, String folder) {
    this(name, description, dax, format, folder, false);
  }
}
