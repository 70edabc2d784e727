package io.medallion.generator.event;

/** What an event is to the job that reads it. */
public enum EventKind {
  /** Valid, with a time not before that of any other on-time event sent so far. */
  ON_TIME,
  /** Valid, but its window is certain to have closed. */
  LATE,
  /** The bytes of the last on-time event once more. */
  DUPLICATE,
  /** Valid but for a time ten years ahead: quarantined as {@code FUTURE_EVENT_TIME}. */
  FUTURE,
  /** Broken in exactly one way, see {@link InvalidKind}. */
  INVALID
}
