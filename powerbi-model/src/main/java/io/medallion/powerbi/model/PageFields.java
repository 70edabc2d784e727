package io.medallion.powerbi.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a table of gold for a page of a report.
 *
 * @param name of the table of gold
 * @param table its name in the model, which its measures are in
 * @param dimension of the column that it is by
 * @param latest measures of the newest window
 * @param charts measures over time that have the same unit, by their title
 */
public record PageFields(
    String name,
    String table,
    Optional<Column> dimension,
    List<String> latest,
    Map<String, List<String>> charts) {

  /** The column where windows begin. */
  public static final String WINDOW_START = Fact.WINDOW_START;

  /** A column of a table of the model. */
  public record Column(String table, String name) {}
}
