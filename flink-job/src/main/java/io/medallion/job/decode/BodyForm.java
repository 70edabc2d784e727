package io.medallion.job.decode;

/**
 * Tells people what a body that is no JSON probably is, by its first bytes. For the detail of a
 * rejected event: nothing is decided by it.
 *
 * <p>Sources: RFC 1952 (gzip), RFC 8878 (Zstandard), the LZ4 frame format, RFC 1950 (zlib), the
 * Avro specification (object container files, single-object encoding), Confluent's wire format (a
 * zero byte, a schema id of four bytes), RFC 2781 and Unicode's UTF-32.
 */
final class BodyForm {

  private static final int CONFLUENT_PREFIX = 5;

  private BodyForm() {}

  /** What the body seems to be; null if nothing is known that begins like it. */
  static String guess(byte[] body) {
    if (starts(body, 0x1F, 0x8B)) {
      return "compressed with gzip";
    }
    if (starts(body, 0x28, 0xB5, 0x2F, 0xFD)) {
      return "compressed with Zstandard";
    }
    if (starts(body, 0x04, 0x22, 0x4D, 0x18)) {
      return "compressed with LZ4";
    }
    if (starts(body, 0x78, 0x01) || starts(body, 0x78, 0x9C) || starts(body, 0x78, 0xDA)) {
      return "compressed with zlib (deflate)";
    }
    if (starts(body, 'P', 'K', 3, 4)) {
      return "a ZIP archive";
    }
    if (starts(body, 'O', 'b', 'j', 1) || starts(body, 0xC3, 0x01)) {
      return "Avro";
    }
    if (starts(body, 'P', 'A', 'R', '1')) {
      return "a Parquet file";
    }
    if (starts(body, '<')) {
      return "XML or HTML";
    }
    return encoding(body);
  }

  private static String encoding(byte[] body) {
    if (starts(body, 0xEF, 0xBB, 0xBF)) {
      return "UTF-8 with a byte order mark, which is not allowed before JSON";
    }
    if (starts(body, 0xFF, 0xFE, 0, 0) || starts(body, 0, 0, 0xFE, 0xFF)) {
      return "UTF-32";
    }
    if (starts(body, 0xFF, 0xFE) || starts(body, 0xFE, 0xFF)) {
      return "UTF-16";
    }
    if (body.length < 4) {
      return null;
    }
    return switch (zeros(body)) {
      case 0b0111 -> body.length < CONFLUENT_PREFIX || body[4] == 0 ? "UTF-32" : confluent(body);
      case 0b1110 -> "UTF-32";
      case 0b0101, 0b1010 -> "UTF-16";
      default -> body[0] == 0 && body.length >= CONFLUENT_PREFIX ? confluent(body) : null;
    };
  }

  private static String confluent(byte[] body) {
    int id = 0;
    for (int i = 1; i < CONFLUENT_PREFIX; i++) {
      id = (id << Byte.SIZE) | (body[i] & 0xFF);
    }
    boolean thenJson = body.length > CONFLUENT_PREFIX && body[CONFLUENT_PREFIX] == '{';
    return "in the wire format of Confluent's Schema Registry (schema id %d%s)"
        .formatted(id, thenJson ? ", then JSON" : "");
  }

  /** Which of the first four bytes are zero: a bit each, the lowest for the first. */
  private static int zeros(byte[] body) {
    int zeros = 0;
    for (int i = 0; i < 4; i++) {
      zeros |= body[i] == 0 ? 1 << i : 0;
    }
    return zeros;
  }

  private static boolean starts(byte[] body, int... bytes) {
    if (body.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((body[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * What follows the event in its body.
   *
   * @param end where the event ends
   */
  static String rest(byte[] body, int end) {
    int at = end;
    while (at < body.length && isSpace(body[at])) {
      at++;
    }
    if (at == body.length) {
      return "something follows the event at byte " + end;
    }
    if (body[at] == 0) {
      int last = at;
      while (last < body.length && body[last] == 0) {
        last++;
      }
      return "the event is followed by %d zero byte%s (NUL) from byte %d on"
          .formatted(last - at, last - at == 1 ? "" : "s", at);
    }
    if (body[at] == '{' || body[at] == '[') {
      return "another JSON value follows the event at byte %d: a record may hold one event"
          .formatted(at);
    }
    return "something follows the event at byte %d: %s"
        .formatted(at, SafeText.quote(Character.toString(body[at] & 0xFF)));
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
