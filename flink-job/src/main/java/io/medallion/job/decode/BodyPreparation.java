package io.medallion.job.decode;

import io.medallion.contract.EventForm.Tolerance;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.util.Arrays;
import java.util.Set;

/**
 * Takes away what the contract tolerates around a body, before that is decoded. What bronze and
 * quarantine have is the body as sent.
 */
final class BodyPreparation implements EventDecoder {

  private static final int MARK_LENGTH = 3;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Set<Tolerance> tolerated;
  private final EventDecoder decoder;
  private final int values;

  private BodyPreparation(Set<Tolerance> tolerated, EventDecoder decoder, int values) {
    this.tolerated = tolerated;
    this.decoder = decoder;
    this.values = values;
  }

  /** The decoder itself if nothing is tolerated. */
  static EventDecoder before(EventDecoder decoder, Set<Tolerance> tolerated, int values) {
    return tolerated.isEmpty() ? decoder : new BodyPreparation(tolerated, decoder, values);
  }

  @Override
  public void decode(byte[] body, EventRecord record) {
    byte[] prepared = body;
    if (isGzip(body)) {
      prepared = Gzip.unzip(body, EventLimits.BODY_BYTES + 1);
      if (prepared == null) {
        record.clearDecoded(values);
        record.reject(RejectReason.INVALID_JSON, "the body begins as gzip does, and is damaged");
        return;
      }
    }
    decoder.decode(prepared == null ? null : trimmed(prepared), record);
  }

  private boolean isGzip(byte[] body) {
    return tolerated.contains(Tolerance.GZIP)
        && body != null
        && body.length > 2
        && body[0] == 0x1F
        && body[1] == (byte) 0x8B;
  }

  private byte[] trimmed(byte[] body) {
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
