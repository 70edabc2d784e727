package io.medallion.generator.event;

/** Which fields an event has. */
public enum EventFormat {
  /** The six fields of the original contract: the event's time is the broker's timestamp. */
  SEED,
  /** Those six, and before them {@code stationId}, {@code eventTime} and {@code eventId}. */
  EXTENDED
}
