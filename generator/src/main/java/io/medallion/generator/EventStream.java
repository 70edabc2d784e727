package io.medallion.generator;

import io.medallion.generator.event.EventFactory;
import io.medallion.generator.event.EventKind;
import io.medallion.generator.event.EventMessage;
import io.medallion.generator.event.EventSpec;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.event.KindShares;
import io.medallion.generator.noise.Hash;
import io.medallion.generator.rate.Schedule;
import java.time.Duration;
import java.util.Arrays;

/**
 * The events of a run, one after the other: a cursor that {@link #next} moves and the other methods
 * read. Depends on options and start time only, not on the clock. Not thread-safe.
 *
 * <p>Event times of on-time events never decrease. A late event's window ends at or before the
 * newest on-time event of its sender less the out-of-orderness, so that it is late whatever other
 * senders share its partition. A late event of a sender without an on-time event, and a duplicate
 * before the first on-time event, become on-time events.
 */
final class EventStream {

  private static final long TEN_YEARS_MS = Duration.ofDays(3653).toMillis();
  private static final long NO_TIME = Long.MIN_VALUE;

  private final long seed;
  private final Schedule schedule;
  private final long startMillis;
  private final long windowMillis;
  private final long outOfOrdernessMillis;
  private final long timeUnitMillis;
  private final InvalidKind[] invalidKinds;
  private final KindShares shares;
  private final EventFactory factory;

  private final long[] newestOnTime;
  private EventMessage lastOnTimeMessage;
  private long lastOnTime = NO_TIME;
  private long index;
  private long invalidCount;

  private EventMessage message;
  private long eventTime;
  private EventKind kind;
  private InvalidKind invalidKind;

  EventStream(GeneratorOptions options, long startMillis, Schedule schedule) {
    this.seed = Hash.of(options.seed(), 1);
    this.schedule = schedule;
    this.startMillis = startMillis;
    this.windowMillis = options.window().toMillis();
    this.outOfOrdernessMillis = options.outOfOrderness().toMillis();
    this.invalidKinds = options.invalidKinds().toArray(InvalidKind[]::new);
    Arrays.sort(invalidKinds);
    this.shares =
        new KindShares(
            options.invalidRatio(),
            options.duplicateRatio(),
            options.lateRatio(),
            options.futureRatio());
    EventSpec spec = options.spec();
    this.timeUnitMillis = spec.timeUnitMillis();
    this.factory = spec.factory(options.stations(), options.seed(), startMillis);
    this.newestOnTime = new long[options.stations()];
    Arrays.fill(newestOnTime, NO_TIME);
  }

  /** Moves to the next event; the first call to the first one. */
  void next() {
    long draw = Hash.of(seed, index);
    int sender = Hash.index(draw, newestOnTime.length);
    long nominal = inUnits(startMillis + schedule.nanosOf(index) / 1_000_000);
    invalidKind = null;
    kind = kind(draw, sender);
    switch (kind) {
      case ON_TIME -> {
        make(sender, nominal, draw);
        newestOnTime[sender] = nominal;
        lastOnTimeMessage = message;
        lastOnTime = nominal;
      }
      case DUPLICATE -> {
        message = lastOnTimeMessage;
        eventTime = lastOnTime;
      }
      case LATE -> make(sender, inUnits(lateTime(sender, draw)), draw);
      case FUTURE -> make(sender, nominal + TEN_YEARS_MS, draw);
      case INVALID -> {
        invalidKind = invalidKinds[(int) (invalidCount++ % invalidKinds.length)];
        message = factory.broken(invalidKind, sender, nominal, index, draw);
        eventTime = nominal;
      }
    }
    index++;
  }

  private EventKind kind(long draw, int sender) {
    EventKind drawn = shares.of(draw);
    return switch (drawn) {
      case DUPLICATE -> lastOnTimeMessage == null ? EventKind.ON_TIME : drawn;
      case LATE -> newestOnTime[sender] == NO_TIME ? EventKind.ON_TIME : drawn;
      case ON_TIME, FUTURE, INVALID -> drawn;
    };
  }

  /** Any time in the newest window that has certainly closed; windows are aligned to the epoch. */
  private long lateTime(int sender, long draw) {
    long watermark = newestOnTime[sender] - outOfOrdernessMillis;
    long windowEnd = Math.floorDiv(watermark, windowMillis) * windowMillis;
    return windowEnd - 1 - Math.floorMod(Hash.of(draw, 2), windowMillis);
  }

  /** The time that is left of one when it is written. */
  private long inUnits(long time) {
    return time - Math.floorMod(time, timeUnitMillis);
  }

  private void make(int sender, long time, long draw) {
    message = factory.valid(sender, time, index, draw);
    eventTime = time;
  }

  /** The record; that of a duplicate is the one before it. */
  EventMessage message() {
    return message;
  }

  /** The time in the event, milliseconds since the epoch; what it would be if it is invalid. */
  long eventTime() {
    return eventTime;
  }

  EventKind kind() {
    return kind;
  }

  /** How the event is broken; null unless it is. */
  InvalidKind invalidKind() {
    return invalidKind;
  }
}
