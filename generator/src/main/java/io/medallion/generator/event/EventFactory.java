package io.medallion.generator.event;

/**
 * Makes the records of a run. The same arguments give the same bytes; nothing depends on the order
 * of calls. Not thread-safe.
 */
public interface EventFactory {

  /**
   * A valid event.
   *
   * @param sender from 0 on
   * @param time of the event, milliseconds since the epoch
   * @param index the event's number in the run, which no other valid event has
   * @param draw random bits of this event
   */
  EventMessage valid(int sender, long time, long index, long draw);

  /** The same event, broken in exactly one way; which of several follows from the draw. */
  EventMessage broken(InvalidKind kind, int sender, long time, long index, long draw);
}
