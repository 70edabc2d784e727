package io.medallion.job.decode;

/** What a text field may hold, so that every reader of the tables can show it. */
final class TextRules {

  /** In UTF-16 units, as Java and most readers count. */
  static final int MAX_LENGTH = 256;

  private TextRules() {}

  /** What makes the text unacceptable, or null. */
  static String defect(String text) {
    int length = text.length();
    if (length > MAX_LENGTH) {
      return length + " characters, at most " + MAX_LENGTH + " are allowed";
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return "control character U+%04X".formatted((int) c);
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return "lone surrogate U+%04X".formatted((int) c);
        }
        i++;
      }
    }
    return null;
  }

  /** Whether the bytes are printable ASCII and not too many, so that there is no defect. */
  static boolean isPlainAscii(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        return false;
      }
    }
    return true;
  }
}
