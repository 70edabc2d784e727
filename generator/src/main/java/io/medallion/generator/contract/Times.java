package io.medallion.generator.contract;

import io.medallion.contract.TimeFormat;
import io.medallion.generator.noise.Hash;

/** Instants as texts and as numbers, and other instants than that of the event. */
final class Times {

  /** How far before the event another instant of it is at most. */
  private static final int BEFORE_MILLIS = 60_000;

  private Times() {}

  /** The event's time as ISO-8601, without quotes. */
  static ValueMaker iso() {
    return (moment, out) -> moment.run().writeIso(moment.time(), out);
  }

  /** The event's time as a number of units since 1970. */
  static ValueMaker epoch(TimeFormat.Epoch unit) {
    return (moment, out) -> out.putLong(unit.number(moment.time()));
  }

  /** An instant shortly before that of the event, as a value of a field. */
  static ValueMaker before(TimeFormat format, long salt) {
    ValueMaker same = format.allowsIso() ? iso().quoted() : epoch(format.epoch().orElseThrow());
    return (moment, out) -> same.write(earlier(moment, salt), out);
  }

  private static Moment earlier(Moment moment, long salt) {
    long time = moment.time() - Hash.index(moment.ofEvent(salt), BEFORE_MILLIS);
    return new Moment(
        moment.run(), moment.sender(), Math.max(0, time), moment.index(), moment.draw());
  }
}
