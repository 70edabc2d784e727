package io.medallion.maintenance.audit;

import io.medallion.job.event.EventRecord;
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
   * An event of an array was rejected with all others of it; one in base64 is looked at decoded.
   */
  static boolean mayHaveRejected(EventRecord event) {
    return isAcceptedNow(event.event) || isAcceptedNow(event.body);
  }

  private static boolean isAcceptedNow(byte[] bytes) {
    return bytes != null
        && MORE_IS_ACCEPTED.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
  }
}
