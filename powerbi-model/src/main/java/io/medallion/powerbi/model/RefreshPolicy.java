package io.medallion.powerbi.model;

import io.medallion.contract.GoldTable;
import java.time.Duration;

/**
 * Which windows an incremental refresh reads again, and which it keeps.
 *
 * @param days that are read again: a row comes when its window closes, up to a window's size later
 *     than the start that it is found by
 * @param months that are kept
 */
record RefreshPolicy(int days, int months) {

  private static final int DAYS = 7;
  private static final int MONTHS = 12;

  static RefreshPolicy of(GoldTable table) {
    long windowDays = table.window().map(Duration::toDays).orElse(0L);
    int days = DAYS + Math.toIntExact(windowDays);
    // No month is shorter than 28 days.
    return new RefreshPolicy(days, Math.max(MONTHS, days / 28 + 1));
  }
}
