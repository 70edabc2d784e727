package io.medallion.dashboard.view;

import java.util.Arrays;
import java.util.List;

/** The windows of one key, or of all together, in several resolutions. Not thread-safe. */
final class Series {

  private final Level[] levels;

  /**
   * @param widths of the levels, seconds, ascending
   * @param combinations of the values, by slot
   */
  Series(long[] widths, List<Combination> combinations) {
    levels =
        Arrays.stream(widths)
            .mapToObj(width -> new Level(width, combinations))
            .toArray(Level[]::new);
  }

  void add(Reading window) {
    for (Level level : levels) {
      level.add(window);
    }
  }

  /** The finest level that reaches back to the range's start and has no more points than asked. */
  Level level(long from, long to, int points) {
    for (Level level : levels) {
      if ((to - from) / level.width() <= points && level.reaches(from)) {
        return level;
      }
    }
    return levels[levels.length - 1];
  }
}
