package io.medallion.generator.contract;

import io.medallion.generator.noise.Hash;

/**
 * What the values of one event follow from.
 *
 * @param sender from 0 on
 * @param time of the event, milliseconds since the epoch
 * @param index the event's number in the run
 * @param draw random bits of this event
 * @param attempt from 0 on: events of which the first ones break a rule of the contract are others
 */
record Moment(Run run, int sender, long time, long index, long draw, int attempt) {

  /** At the first attempt. */
  Moment(Run run, int sender, long time, long index, long draw) {
    this(run, sender, time, index, draw, 0);
  }

  /** The same event, made anew. */
  Moment again() {
    return new Moment(run, sender, time, index, draw, attempt + 1);
  }

  /** Random bits of a value that belong to its sender. */
  long ofSender(long salt) {
    long seed = Hash.of(Hash.of(run.seed(), salt), sender);
    return attempt == 0 ? seed : Hash.of(seed, attempt);
  }

  /** Random bits of a value that belong to this event. */
  long ofEvent(long salt) {
    return Hash.of(attempt == 0 ? draw : Hash.of(draw, attempt), salt);
  }

  /** Whether the sender is one of those, a share of all, that do it in another way. */
  boolean isOneOf(int share) {
    return sender % share == share - 1;
  }
}
