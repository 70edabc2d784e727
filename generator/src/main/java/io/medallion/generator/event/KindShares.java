package io.medallion.generator.event;

/**
 * Which share of events is of which kind: the line from 0 to 1, cut where each kind ends. What is
 * left of it is on time.
 */
public final class KindShares {

  private static final double UNIT = 0x1.0p-32;

  private final double invalidEnd;
  private final double duplicateEnd;
  private final double lateEnd;
  private final double futureEnd;

  public KindShares(double invalid, double duplicate, double late, double future) {
    invalidEnd = invalid;
    duplicateEnd = invalidEnd + duplicate;
    lateEnd = duplicateEnd + late;
    futureEnd = lateEnd + future;
  }

  /** The kind that a draw's lower half falls on. */
  public EventKind of(long draw) {
    double point = (draw & 0xFFFF_FFFFL) * UNIT;
    if (point >= futureEnd) {
      return EventKind.ON_TIME;
    }
    if (point < invalidEnd) {
      return EventKind.INVALID;
    }
    if (point < duplicateEnd) {
      return EventKind.DUPLICATE;
    }
    return point < lateEnd ? EventKind.LATE : EventKind.FUTURE;
  }
}
