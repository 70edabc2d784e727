package io.medallion.generator.contract;

import io.medallion.generator.noise.Hash;

/**
 * What the values of one event follow from.
 *
 * @param sender from 0 on
 * @param time of the event, milliseconds since the epoch
 * @param index the event's number in the run
 * @param draw random bits of this event
 */
record Moment(Run run, int sender, long time, long index, long draw) {

  /** Random bits of a value that belong to its sender. */
  long ofSender(long salt) {
    return Hash.of(Hash.of(run.seed(), salt), sender);
  }

  /** Random bits of a value that belong to this event. */
  long ofEvent(long salt) {
    return Hash.of(draw, salt);
  }

  /** Whether the sender is one of those, a share of all, that do it in another way. */
  boolean isOneOf(int share) {
    return sender % share == share - 1;
  }
}
