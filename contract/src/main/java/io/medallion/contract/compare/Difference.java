package io.medallion.contract.compare;

import java.util.List;

/**
 * One thing that two contracts say differently.
 *
 * @param place what it is about, such as {@code silver.temperature}
 * @param change the old value and the new one, such as {@code range [-90, 70] is [-80, 60] now}
 * @param replay tables that a replay of bronze would change by it, by their folders; only of a
 *     {@link Kind#RESTATING} difference
 */
public record Difference(Kind kind, String place, String change, List<String> replay) {

  /** What a lake goes through by a difference; the greatest of several counts. */
  public enum Kind {
    /** Rows that are there, and rows as they came until now, stay right. */
    ADDITIVE,
    /** New rows follow the new contract, rows that are there follow the old one. */
    RESTATING,
    /** The tables can't hold both: the lake goes on with the old contract only. */
    BREAKING
  }

  public Difference {
    replay = List.copyOf(replay);
  }

  /** For people, in one line. */
  @Override
  public String toString() {
    String tables = String.join(", ", replay);
    return place + ": " + change + (tables.isEmpty() ? "" : "; a replay would redo " + tables);
  }
}
