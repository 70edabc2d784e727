package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.contract.EventForm.Tolerance;
import io.medallion.job.event.EventLimits;
import java.util.Arrays;
import java.util.Set;

/**
 * Takes away what the contract tolerates around a body, before that is decoded. What bronze has is
 * the body as sent.
 */
final class BodyPreparation {

  private static final int MARK_LENGTH = 3;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Set<Tolerance> tolerated;
  private final int most;

  BodyPreparation(EventForm form) {
    tolerated = form.tolerated();
    most = form.hasSeveral() ? EventLimits.RECORD_BYTES : EventLimits.BODY_BYTES;
  }

  /**
   * The body without what is tolerated; null if it begins as gzip does, and is damaged.
   *
   * @param body not null
   */
  byte[] prepared(byte[] body) {
    if (tolerated.isEmpty()) {
      return body;
    }
    boolean isZipped = tolerated.contains(Tolerance.GZIP) && isGzip(body);
    byte[] unzipped = isZipped ? Gzip.unzip(body, most + 1) : body;
    return unzipped == null ? null : trimmed(unzipped);
  }

  /** Whether it begins as gzip does, and as no JSON. */
  static boolean isGzip(byte[] body) {
    return body.length > 2 && body[0] == 0x1F && body[1] == (byte) 0x8B;
  }

  /** The body, unzipped, without what else is tolerated around it. */
  byte[] trimmed(byte[] body) {
    int start =
        tolerated.contains(Tolerance.BYTE_ORDER_MARK)
                && body.length >= MARK_LENGTH
                && Arrays.equals(body, 0, MARK_LENGTH, MARK, 0, MARK_LENGTH)
            ? MARK_LENGTH
            : 0;
    int end = body.length;
    while (tolerated.contains(Tolerance.NULS) && end > start && body[end - 1] == 0) {
      end--;
    }
    return start == 0 && end == body.length ? body : Arrays.copyOfRange(body, start, end);
  }
}
