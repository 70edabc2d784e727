package io.medallion.contract;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an event writes an instant: a text, ISO-8601 with an offset (or without, if the contract
 * gives a time zone) or of a pattern, or a number of units since 1970, UTC.
 *
 * @param allowsIso whether it may be a text of ISO-8601
 * @param isLenient whether that may be one as log files and databases write it
 * @param pattern of a text; empty unless it is that and nothing else
 * @param epoch the unit of a number; empty if it may not be one
 * @param allowsDecimals whether that number may have decimals
 * @param acceptsText whether that number may come in quotes
 */
public record TimeFormat(
    boolean allowsIso,
    boolean isLenient,
    Optional<TimePattern> pattern,
    Optional<Epoch> epoch,
    boolean allowsDecimals,
    boolean acceptsText) {

  /** The unit of a number since 1970. */
  public enum Epoch {
    S(1000, 1),
    MS(1, 1),
    US(1, 1000),
    NS(1, 1_000_000);

    /** Of the greatest long. */
    private static final int MAX_DIGITS = 19;

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

    /** As {@link #millis(long)}, of a number with decimals, of which these are the first three. */
    public long millis(long number, int thousandths) {
      long sum = millis(number) + (this == S ? thousandths : 0);
      return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /**
     * As {@link #millis(long)}, of a number that may have decimals; what is finer is dropped.
     * Negative if that is, or a long can't hold it.
     */
    public long millis(BigDecimal number) {
      if (number.signum() < 0 || (long) number.precision() - number.scale() > MAX_DIGITS) {
        return -1;
      }
      BigDecimal millis =
          number
              .multiply(BigDecimal.valueOf(multiplier))
              .divideToIntegralValue(BigDecimal.valueOf(divisor));
      return millis.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
          ? Long.MAX_VALUE
          : millis.longValue();
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

  static final TimeFormat STANDARD = of(true, false, Optional.of(Epoch.MS), false);

  static final String ALLOWED =
      "iso, or epoch s, ms, us or ns, or both as in 'iso or epoch ms'; also 'lenient iso',"
          + " 'decimal epoch s', or 'pattern' and one, as in 'pattern dd.MM.yyyy HH:mm:ss'";

  private static final String OR = " or ";
  private static final String LENIENT = "lenient ";
  private static final String DECIMAL = "decimal ";
  private static final String PATTERN = "pattern ";

  private static TimeFormat of(
      boolean iso, boolean lenient, Optional<Epoch> epoch, boolean decimals) {
    return new TimeFormat(iso, lenient, Optional.empty(), epoch, decimals, false);
  }

  /**
   * Reads {@code iso}, {@code epoch ms}, {@code iso or epoch ms} or the like; empty if none.
   *
   * @throws IllegalArgumentException if it is a pattern that tells no time; it says why
   */
  static Optional<TimeFormat> parse(String text) {
    String stripped = text.strip();
    if (stripped.startsWith(PATTERN)) {
      TimePattern pattern = TimePattern.parse(stripped.substring(PATTERN.length()).strip());
      return Optional.of(
          new TimeFormat(false, false, Optional.of(pattern), Optional.empty(), false, false));
    }
    boolean lenient = stripped.startsWith(LENIENT);
    String rest = lenient ? stripped.substring(LENIENT.length()) : stripped;
    boolean iso = rest.equals("iso") || rest.startsWith("iso" + OR);
    if (lenient && !iso) {
      return Optional.empty();
    }
    if (rest.equals("iso")) {
      return Optional.of(of(true, lenient, Optional.empty(), false));
    }
    if (iso) {
      rest = rest.substring(("iso" + OR).length());
    }
    boolean decimals = rest.startsWith(DECIMAL);
    rest = decimals ? rest.substring(DECIMAL.length()) : rest;
    String unit = rest.startsWith("epoch ") ? rest.substring("epoch ".length()) : "";
    return Arrays.stream(Epoch.values())
        .filter(epoch -> epoch.name().toLowerCase(Locale.ROOT).equals(unit))
        .findFirst()
        .map(epoch -> of(iso, lenient, Optional.of(epoch), decimals));
  }

  TimeFormat acceptingText() {
    return new TimeFormat(allowsIso, isLenient, pattern, epoch, allowsDecimals, true);
  }

  /** Whether it may be a text, other than a number in quotes. */
  public boolean allowsText() {
    return allowsIso || pattern.isPresent();
  }

  /** Whether all that the other one takes means the same in this one. */
  public boolean includes(TimeFormat other) {
    return (allowsIso || !other.allowsIso)
        && (isLenient || !other.isLenient)
        // Digits in quotes are a time of the other one, and a number or nothing to this one.
        && !(other.isLenient && other.epoch.isEmpty() && epoch.isPresent())
        && pattern.equals(other.pattern)
        && (other.epoch.isEmpty() || epoch.equals(other.epoch))
        && (allowsDecimals || !other.allowsDecimals);
  }

  /** As it is written in the contract. */
  public String text() {
    if (pattern.isPresent()) {
      return PATTERN + pattern.get();
    }
    return Stream.concat(
            allowsIso ? Stream.of(isLenient ? LENIENT + "iso" : "iso") : Stream.empty(),
            epoch.stream()
                .map(
                    unit ->
                        (allowsDecimals ? DECIMAL : "")
                            + "epoch "
                            + unit.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(OR));
  }

  /** For people: what a value has to be. */
  public String expected() {
    if (pattern.isPresent()) {
      return "of the pattern '%s'".formatted(pattern.get());
    }
    return Stream.concat(
            allowsIso ? Stream.of("ISO-8601") : Stream.empty(), epoch.stream().map(Epoch::unit))
        .collect(Collectors.joining(OR));
  }
}
