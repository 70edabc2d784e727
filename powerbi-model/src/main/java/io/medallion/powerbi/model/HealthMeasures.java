package io.medallion.powerbi.model;

import java.util.List;

/** The names of measures that every model has, whatever its contract. */
final class HealthMeasures {

  static final List<String> NAMES =
      List.of(
          LateEvents.COUNT,
          LateEvents.SHARE,
          "Average lateness",
          "Maximum lateness",
          Quarantine.COUNT,
          Quarantine.SHARE,
          "Commit age",
          "Lag at refresh",
          "Minutes since refresh",
          "Data files",
          "Data size",
          "Files in the largest gold table");

  private HealthMeasures() {}
}
