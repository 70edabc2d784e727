package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.contract.TimeFormat;
import io.medallion.contract.TimePattern;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.noise.Hash;
import java.util.Optional;

/** Instants as texts and as numbers, and other instants than that of the event. */
final class Times {

  /** How far before the event another instant of it is at most. */
  private static final int BEFORE_MILLIS = 60_000;

  private static final int ISO_LENGTH = 32;

  private Times() {}

  /**
   * The event's time as ISO-8601, without quotes; where the format is lenient, every second sender
   * writes it as log files do.
   */
  static ValueMaker iso(TimeFormat format) {
    ValueMaker strict = (moment, out) -> moment.run().writeIso(moment.time(), out);
    if (!format.isLenient()) {
      return strict;
    }
    return (moment, out) -> {
      if (!moment.isOneOf(2)) {
        strict.write(moment, out);
        return;
      }
      ByteWriter text = new ByteWriter(ISO_LENGTH);
      strict.write(moment, text);
      String iso = new String(text.toBytes(), UTF_8);
      out.putAscii(iso.replace('T', ' ').replace('.', ',').replace("Z", "+0000"));
    };
  }

  /** The event's time by a pattern, without quotes, as JSON escapes it. */
  static ValueMaker of(TimePattern pattern) {
    return (moment, out) -> {
      byte[] json = Words.json(pattern.written(moment.time(), moment.run().zone()));
      out.put(Words.withoutQuotes(json));
    };
  }

  /** The event's time as a number of units since 1970. */
  static ValueMaker epoch(TimeFormat.Epoch unit, TimeFormat format) {
    return format.allowsDecimals() && unit == TimeFormat.Epoch.S
        ? (moment, out) -> out.putDecimal(moment.time(), 3)
        : (moment, out) -> out.putLong(unit.number(moment.time()));
  }

  /** What a time is a whole number of, in milliseconds. */
  static long unitMillis(TimeFormat format) {
    if (format.pattern().isPresent()) {
      return format.pattern().get().unitMillis();
    }
    boolean isWholeSeconds =
        format.epoch().filter(TimeFormat.Epoch.S::equals).isPresent() && !format.allowsDecimals();
    return isWholeSeconds ? 1000 : 1;
  }

  /** An instant shortly before that of the event, as a value of a field. */
  static ValueMaker before(TimeFormat format, long salt) {
    ValueMaker same = same(format);
    return (moment, out) -> same.write(at(millisBefore(moment, salt), moment), out);
  }

  private static ValueMaker same(TimeFormat format) {
    if (format.pattern().isPresent()) {
      return of(format.pattern().get()).quoted();
    }
    return format.allowsIso() ? iso(format).quoted() : epoch(format.epoch().orElseThrow(), format);
  }

  /** The instant of {@link #before}, to the millisecond. */
  static long millisBefore(Moment moment, long salt) {
    return Math.max(0, moment.time() - Hash.index(moment.ofEvent(salt), BEFORE_MILLIS));
  }

  /**
   * The instant that a value says, without what its form is too coarse for.
   *
   * @param exact the instant that it was made of
   */
  static long asRead(TimeFormat format, JsonNode value, long exact, Run run) {
    if (value.isNumber()) {
      return format.epoch().orElseThrow().millis(value.decimalValue());
    }
    return format
        .pattern()
        .map(pattern -> pattern.millis(value.textValue(), Optional.of(run.zone())))
        .orElse(exact);
  }

  private static Moment at(long time, Moment moment) {
    return new Moment(
        moment.run(), moment.sender(), time, moment.index(), moment.draw(), moment.attempt());
  }
}
