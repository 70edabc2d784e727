package io.medallion.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A table of gold: one row for each closed tumbling window and value of a column.
 *
 * @param window its size; empty for the one that the job is set to
 * @param by the column of silver, a text, whose values have rows of their own; empty for one row
 *     over everything
 */
public record GoldTable(
    String name, Optional<Duration> window, Optional<String> by, List<Column> columns) {

  /**
   * A column besides the window and {@link GoldTable#by}.
   *
   * @param unit for people; empty without
   */
  public record Column(String name, Aggregate aggregate, String unit) {}

  public GoldTable {
    columns = List.copyOf(columns);
  }

  /** The window as it is written in a contract: {@code 5 min}. */
  public Optional<String> windowText() {
    return window.map(GoldTable::text);
  }

  private static String text(Duration size) {
    long seconds = size.toSeconds();
    if (seconds % 86_400 == 0) {
      return size.toDays() + " d";
    }
    if (seconds % 3600 == 0) {
      return size.toHours() + " h";
    }
    return seconds % 60 == 0 ? size.toMinutes() + " min" : seconds + " s";
  }

  /** The folder under the lake's root. */
  public String path() {
    return "gold/" + name;
  }
}
