package io.medallion.job.decode;

import java.util.regex.Pattern;

/** Numbers as JSON writes them (RFC 8259, section 6). */
final class JsonNumber {

  private static final int MAX_LENGTH = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?");

  private JsonNumber() {}

  static boolean isOne(String text) {
    return text.length() <= MAX_LENGTH && NUMBER.matcher(text).matches();
  }
}
