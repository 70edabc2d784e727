package io.medallion.maintenance.redrive;

import io.medallion.job.event.EventRecord;

/** What became of a quarantined event. */
enum Outcome {
  /** It is valid now, and was added. */
  ADDED,
  /** It was added by an earlier redrive. */
  PRESENT,
  /** It is valid now, but silver has another copy of it. */
  REPEATED,
  /**
   * It is valid now, but of a day that was removed from silver because it was old; or what shows
   * that it is no copy was removed.
   */
  EXPIRED,
  /** It is still rejected. */
  REJECTED;

  static Outcome of(EventRecord event, MissingEvents missing) {
    if (!event.isValid()) {
      return REJECTED;
    }
    if (missing.isInSilver(event)) {
      return PRESENT;
    }
    if (missing.isExpired(event)) {
      return EXPIRED;
    }
    return missing.isRepeated(event) ? REPEATED : ADDED;
  }
}
