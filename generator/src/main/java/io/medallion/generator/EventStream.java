package io.medallion.generator;

import io.medallion.generator.event.EventEncoder;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventKind;
import io.medallion.generator.event.InvalidEvents;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.event.KindShares;
import io.medallion.generator.event.Stations;
import io.medallion.generator.rate.Schedule;
import io.medallion.generator.weather.Hash;
import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WeatherModel;
import java.time.Duration;
import java.util.Arrays;

/**
 * The events of a run, one after the other: a cursor that {@link #next} moves and the other methods
 * read. Depends on options and start time only, not on the clock. Not thread-safe.
 *
 * <p>Event times of on-time events never decrease. A late event's window ends at or before the
 * newest on-time event of its station less the out-of-orderness, so that it is late whatever other
 * stations share its partition. A late event of a station without an on-time event, and a duplicate
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
  private final EventFormat format;
  private final InvalidKind[] invalidKinds;

  private final KindShares shares;
  private final Stations stations;
  private final WeatherModel weather;
  private final EventEncoder encoder;
  private final Reading reading = new Reading();

  private final long[] newestOnTime;
  private byte[] lastOnTimeKey;
  private byte[] lastOnTimeValue;
  private long lastOnTime = NO_TIME;
  private long index;
  private long invalidCount;

  private byte[] key;
  private byte[] value;
  private long eventTime;
  private EventKind kind;
  private InvalidKind invalidKind;

  EventStream(GeneratorOptions options, long startMillis, Schedule schedule) {
    this.seed = Hash.of(options.seed(), 1);
    this.schedule = schedule;
    this.startMillis = startMillis;
    this.windowMillis = options.window().toMillis();
    this.outOfOrdernessMillis = options.outOfOrderness().toMillis();
    this.format = options.format();
    this.invalidKinds = options.invalidKinds().toArray(InvalidKind[]::new);
    Arrays.sort(invalidKinds);
    this.shares =
        new KindShares(
            options.invalidRatio(),
            options.duplicateRatio(),
            options.lateRatio(),
            options.futureRatio());
    this.stations = new Stations(options.stations());
    this.weather = new WeatherModel(options.stations(), Hash.of(options.seed(), 2));
    this.encoder = new EventEncoder(format, stations, options.seed(), startMillis);
    this.newestOnTime = new long[options.stations()];
    Arrays.fill(newestOnTime, NO_TIME);
  }

  /** Moves to the next event; the first call to the first one. */
  void next() {
    long draw = Hash.of(seed, index);
    int station = Hash.index(draw, stations.count());
    long nominal = startMillis + schedule.nanosOf(index) / 1_000_000;
    invalidKind = null;
    kind = kind(draw, station);
    switch (kind) {
      case ON_TIME -> {
        encode(station, nominal, draw);
        newestOnTime[station] = nominal;
        lastOnTimeKey = key;
        lastOnTimeValue = value;
        lastOnTime = nominal;
      }
      case DUPLICATE -> {
        key = lastOnTimeKey;
        value = lastOnTimeValue;
        eventTime = lastOnTime;
      }
      case LATE -> encode(station, lateTime(station, draw), draw);
      case FUTURE -> encode(station, nominal + TEN_YEARS_MS, draw);
      case INVALID -> {
        encode(station, nominal, draw);
        invalidKind = invalidKinds[(int) (invalidCount++ % invalidKinds.length)];
        value = InvalidEvents.make(invalidKind, value, format, Hash.of(draw, 3));
      }
    }
    index++;
  }

  private EventKind kind(long draw, int station) {
    EventKind drawn = shares.of(draw);
    return switch (drawn) {
      case DUPLICATE -> lastOnTimeValue == null ? EventKind.ON_TIME : drawn;
      case LATE -> newestOnTime[station] == NO_TIME ? EventKind.ON_TIME : drawn;
      case ON_TIME, FUTURE, INVALID -> drawn;
    };
  }

  /** Any time in the newest window that has certainly closed; windows are aligned to the epoch. */
  private long lateTime(int station, long draw) {
    long watermark = newestOnTime[station] - outOfOrdernessMillis;
    long windowEnd = Math.floorDiv(watermark, windowMillis) * windowMillis;
    return windowEnd - 1 - Math.floorMod(Hash.of(draw, 2), windowMillis);
  }

  private void encode(int station, long time, long draw) {
    weather.read(station, time, Hash.of(draw, 1), reading);
    key = stations.name(station);
    value = encoder.encode(station, time, index, reading);
    eventTime = time;
  }

  /** The record's key: the station. */
  byte[] key() {
    return key;
  }

  /** The record's value; null for a tombstone. */
  byte[] value() {
    return value;
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
