package io.medallion.generator.event;

import java.util.Set;

/** What the events of a run are, and what can go wrong with them. */
public interface EventSpec {

  /** For people, as the subject of a sentence. */
  String called();

  /** Whether an event tells its time: else it can be neither late nor ahead. */
  boolean tellsTime();

  /** Whether an event has an id: else a repeated one is an event like any other. */
  boolean hasId();

  /** What a time is a whole number of, in milliseconds. */
  long timeUnitMillis();

  /** The ways in which an event can be broken so that no other reason fits. */
  Set<InvalidKind> invalidKinds();

  /** For one run. */
  EventFactory factory(int senders, long seed, long startMillis);
}
