package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How what is noted about a valid event is written into silver: for each rule that only warns and
 * that it breaks, the code that it would be rejected with and the field, as in {@code
 * OUT_OF_RANGE:temperature,OUT_OF_RANGE:humidity}, in order of precedence; and in the end {@link
 * #REDRIVEN}.
 */
public final class QualityFlags {

  /** The event was quarantined, and added by a later redrive: it is in no window of gold. */
  public static final String REDRIVEN = "REDRIVEN";

  /** The event time is before the tolerance of the {@link EventTimeRule}. */
  static final int PAST_EVENT_TIME_BIT = 1 << ValueRule.values().length;

  private static final int REDRIVEN_BIT = 2 * PAST_EVENT_TIME_BIT;

  /** By the set's bits. */
  private static final byte[][] TEXTS =
      IntStream.range(0, 2 * REDRIVEN_BIT)
          .mapToObj(set -> text(set).getBytes(UTF_8))
          .toArray(byte[][]::new);

  private QualityFlags() {}

  /** Notes that the event was in quarantine before. */
  public static void markRedriven(WeatherRecord record) {
    record.warn(REDRIVEN_BIT);
  }

  /**
   * Tells whether silver's text has {@link #REDRIVEN}.
   *
   * @param text null for none
   */
  public static boolean isRedriven(String text) {
    return text != null && text.endsWith(REDRIVEN);
  }

  /** The text in UTF-8, not to be changed; null if nothing is noted about the event. */
  public static byte[] utf8(WeatherRecord record) {
    return record.qualityFlags == 0 ? null : TEXTS[record.qualityFlags];
  }

  private static String text(int set) {
    Stream<String> warnings =
        Arrays.stream(ValueRule.values())
            .filter(rule -> (set & rule.bit()) != 0)
            .map(rule -> RejectReason.OUT_OF_RANGE + ":" + rule.field());
    Stream<String> past =
        flag(set, PAST_EVENT_TIME_BIT, RejectReason.PAST_EVENT_TIME + ":eventTime");
    Stream<String> redriven = flag(set, REDRIVEN_BIT, REDRIVEN);
    return Stream.of(warnings, past, redriven)
        .flatMap(Function.identity())
        .collect(Collectors.joining(","));
  }

  private static Stream<String> flag(int set, int bit, String text) {
    return (set & bit) != 0 ? Stream.of(text) : Stream.empty();
  }
}
