package io.medallion.dashboard.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.medallion.maintenance.lake.RowCursor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An event of the quarantine, shortened; as the API tells it.
 *
 * @param partition and offset in the event hub; -1 if unknown
 * @param bytes of the whole body; -1 if there is none
 * @param encoding of the body: utf-8 or hex
 * @param body its first {@value #MOST_BYTES} bytes, as text or else as hexadecimal numbers
 */
public record RejectedEvent(
    @JsonIgnore String reason,
    String detail,
    int partition,
    long offset,
    Instant enqueued,
    String key,
    long bytes,
    String encoding,
    String body) {

  static final int MOST_BYTES = 1_000;

  static final List<String> COLUMNS =
      List.of("reason", "detail", "body", "partition", "offset", "enqueuedTime", "partitionKey");

  private static final int REASON = 0;
  private static final int DETAIL = 1;
  private static final int BODY = 2;
  private static final int PARTITION = 3;
  private static final int OFFSET = 4;
  private static final int ENQUEUED_TIME = 5;
  private static final int KEY = 6;

  private static final int MOST_CHARACTERS = 500;
  private static final int BYTES_OF_A_CHARACTER = 4;

  static RejectedEvent of(RowCursor row) {
    byte[] body = Optional.ofNullable(row.bytes(BODY)).orElse(new byte[0]);
    byte[] start = Arrays.copyOf(body, Math.min(body.length, MOST_BYTES));
    Optional<String> text = text(start, start.length < body.length);
    return new RejectedEvent(
        shortened(row.text(REASON)),
        shortened(row.text(DETAIL)),
        row.isNull(PARTITION) ? -1 : row.integer(PARTITION),
        row.isNull(OFFSET) ? -1 : row.bigint(OFFSET),
        Instant.EPOCH.plus(
            row.isNull(ENQUEUED_TIME) ? 0 : row.bigint(ENQUEUED_TIME), ChronoUnit.MICROS),
        shortened(row.text(KEY)),
        row.isNull(BODY) ? -1 : body.length,
        text.isPresent() ? "utf-8" : "hex",
        text.orElseGet(() -> HexFormat.ofDelimiter(" ").formatHex(start)));
  }

  private static String shortened(String value) {
    return value == null ? "" : value.substring(0, Math.min(value.length(), MOST_CHARACTERS));
  }

  /** Empty if the bytes are not UTF-8; those of a cut body may end within a character. */
  private static Optional<String> text(byte[] start, boolean isCut) {
    ByteBuffer in = ByteBuffer.wrap(start);
    CharBuffer out = CharBuffer.allocate(start.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, !isCut);
    return result.isError() || in.remaining() >= BYTES_OF_A_CHARACTER
        ? Optional.empty()
        : Optional.of(out.flip().toString());
  }
}
