package io.medallion.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an event writes an instant: a text, ISO-8601 with an offset (or without, if the contract
 * gives a time zone), or a number of units since 1970, UTC.
 *
 * @param allowsIso whether it may be a text
 * @param epoch the unit of a number; empty if it may not be one
 */
public record TimeFormat(boolean allowsIso, Optional<Epoch> epoch) {

  /** The unit of a number since 1970. */
  public enum Epoch {
    S(1000, 1),
    MS(1, 1),
    US(1, 1000),
    NS(1, 1_000_000);

    private final long multiplier;
    private final long divisor;

    Epoch(long multiplier, long divisor) {
      this.multiplier = multiplier;
      this.divisor = divisor;
    }

    /** Milliseconds of a number that is not negative; the greatest long if they are too many. */
    public long millis(long number) {
      return number > Long.MAX_VALUE / multiplier ? Long.MAX_VALUE : number * multiplier / divisor;
    }

    /** The number of milliseconds since 1970; what is finer than the unit is lost. */
    public long number(long millis) {
      return millis / multiplier * divisor;
    }

    /** For people. */
    public String unit() {
      return switch (this) {
        case S -> "epoch seconds";
        case MS -> "epoch milliseconds";
        case US -> "epoch microseconds";
        case NS -> "epoch nanoseconds";
      };
    }
  }

  static final TimeFormat STANDARD = new TimeFormat(true, Optional.of(Epoch.MS));

  static final String ALLOWED = "iso, or epoch s, ms, us or ns, or both as in 'iso or epoch ms'";

  /** Reads {@code iso}, {@code epoch ms} or {@code iso or epoch ms}; empty if it is none. */
  static Optional<TimeFormat> parse(String text) {
    String rest = text.strip();
    boolean iso = rest.equals("iso") || rest.startsWith("iso or ");
    if (rest.equals("iso")) {
      return Optional.of(new TimeFormat(true, Optional.empty()));
    }
    if (iso) {
      rest = rest.substring("iso or ".length());
    }
    String unit = rest.startsWith("epoch ") ? rest.substring("epoch ".length()) : "";
    return Arrays.stream(Epoch.values())
        .filter(epoch -> epoch.name().toLowerCase(Locale.ROOT).equals(unit))
        .findFirst()
        .map(epoch -> new TimeFormat(iso, Optional.of(epoch)));
  }

  /** As it is written in the contract. */
  public String text() {
    return Stream.concat(
            allowsIso ? Stream.of("iso") : Stream.empty(),
            epoch.stream().map(unit -> "epoch " + unit.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(" or "));
  }

  /** For people: what a value has to be. */
  public String expected() {
    return Stream.concat(
            allowsIso ? Stream.of("ISO-8601") : Stream.empty(), epoch.stream().map(Epoch::unit))
        .collect(Collectors.joining(" or "));
  }
}
