package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a set of broken rules that only warn is written into silver: for each the code that it would
 * be rejected with and the field, as in {@code OUT_OF_RANGE:temperature,OUT_OF_RANGE:humidity}, in
 * order of precedence.
 */
public final class QualityFlags {

  /** By the set's bits. */
  private static final byte[][] TEXTS =
      IntStream.range(0, 1 << ValueRule.values().length)
          .mapToObj(set -> text(set).getBytes(UTF_8))
          .toArray(byte[][]::new);

  private QualityFlags() {}

  /** The text in UTF-8, not to be changed; null if the event breaks none of the rules. */
  public static byte[] utf8(WeatherRecord record) {
    return record.qualityFlags == 0 ? null : TEXTS[record.qualityFlags];
  }

  private static String text(int set) {
    return Arrays.stream(ValueRule.values())
        .filter(rule -> (set & rule.bit()) != 0)
        .map(rule -> RejectReason.OUT_OF_RANGE + ":" + rule.field())
        .collect(Collectors.joining(","));
  }
}
