package io.medallion.powerbi.model;

/**
 * A column of a table of the model.
 *
 * @param format of numbers and times; empty for a text
 * @param isHidden whether reports show a measure or a dimension in its place
 * @param source the query's column
 */
record ModelColumn(
    String name,
    String description,
    ColumnType type,
    String format,
    boolean isHidden,
    String source) {}
