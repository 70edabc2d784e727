package io.medallion.job.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strict check that bytes are UTF-8 and nothing else: no overlong forms, no encoded surrogates, no
 * byte order mark, no other encoding that a lenient JSON parser would guess.
 *
 * <p>One instance a thread: it keeps its decoder.
 */
final class Utf8 {

  /** JSON parsers look for zero bytes here to recognise UTF-16 and UTF-32. */
  private static final int DETECTION_BYTES = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer scratch = CharBuffer.allocate(1024);

  /** What makes the bytes unacceptable, or null. */
  String defect(byte[] bytes) {
    for (int i = 0; i < Math.min(DETECTION_BYTES, bytes.length); i++) {
      if (bytes[i] == 0) {
        return described(bytes, "zero bytes at the start");
      }
    }
    if (startsWithByteOrderMark(bytes)) {
      return described(bytes, "");
    }
    int malformed = firstMalformed(bytes);
    return malformed < 0 ? null : described(bytes, "no UTF-8 at byte " + malformed);
  }

  private static String described(byte[] bytes, String defect) {
    String form = BodyForm.guess(bytes);
    return form == null ? defect : "the body is " + form;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Position of the first malformed sequence, or -1. */
  private int firstMalformed(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoder.reset();
    CoderResult result;
    do {
      scratch.clear();
      result = decoder.decode(in, scratch, true);
    } while (result.isOverflow());
    return result.isError() ? in.position() : -1;
  }
}
