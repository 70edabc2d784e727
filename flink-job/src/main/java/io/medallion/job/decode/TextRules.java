package io.medallion.job.decode;

/** What a text field may hold, so that every reader of the tables can show it. */
final class TextRules {

  /** In UTF-16 units, as Java and most readers count. */
  static final int MAX_LENGTH = 256;

  private TextRules() {}

  /** What makes the text unacceptable, or null. */
  static String defect(char[] buffer, int offset, int length) {
    if (length > MAX_LENGTH) {
      return length + " characters, at most " + MAX_LENGTH + " are allowed";
    }
    for (int i = 0; i < length; i++) {
      char c = buffer[offset + i];
      if (Character.isISOControl(c)) {
        return "control character U+%04X".formatted((int) c);
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == length || !Character.isSurrogatePair(c, buffer[offset + i + 1])) {
          return "lone surrogate U+%04X".formatted((int) c);
        }
        i++;
      }
    }
    return null;
  }
}
