package io.medallion.maintenance.audit;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Bodies that an older release rejected and this one may accept: it knew no {@code NaN} and no
 * infinite number without quotes, and no whole number with decimals that are nought, such as {@code
 * 25.0}.
 */
final class StricterRelease {

  private static final Pattern MORE_IS_ACCEPTED =
      Pattern.compile("NaN|Infinity|\\d\\.0*(?!\\d)|\\d[eE]");

  private StricterRelease() {}

  /**
   * @param body as in bronze; may be null
   */
  static boolean mayHaveRejected(byte[] body) {
    return body != null
        && MORE_IS_ACCEPTED.matcher(new String(body, StandardCharsets.ISO_8859_1)).find();
  }
}
