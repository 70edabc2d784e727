package io.medallion.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares tables as multisets of rows. */
final class SameRows {

  private static final int SHOWN = 3;

  private SameRows() {}

  static void assertSameRows(List<String> actual, List<String> expected) {
    List<String> missing = minus(expected, actual);
    List<String> unexpected = minus(actual, expected);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError(
          String.format(
              "%d rows instead of %d%n%d missing:%n%s%n%d unexpected:%n%s",
              actual.size(),
              expected.size(),
              missing.size(),
              first(missing),
              unexpected.size(),
              first(unexpected)));
    }
  }

  private static List<String> minus(List<String> rows, List<String> subtracted) {
    Map<String, Integer> counts = new HashMap<>();
    subtracted.forEach(row -> counts.merge(row, 1, Integer::sum));
    List<String> rest = new ArrayList<>();
    for (String row : rows) {
      if (counts.merge(row, -1, Integer::sum) < 0) {
        rest.add(row);
      }
    }
    return rest;
  }

  private static String first(List<String> rows) {
    return String.join("\n", rows.subList(0, Math.min(SHOWN, rows.size())));
  }
}
