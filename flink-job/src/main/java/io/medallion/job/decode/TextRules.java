package io.medallion.job.decode;

import io.medallion.job.event.EventLimits;

/** What a text field may hold, so that every reader of the tables can show it. */
final class TextRules {

  private TextRules() {}

  /** What makes the text unacceptable, or null. */
  static String defect(String text) {
    return defect(text, EventLimits.TEXT_LENGTH);
  }

  /** As {@link #defect(String)}, with a limit of its own. */
  static String defect(String text, int maxLength) {
    int length = text.length();
    if (length > maxLength) {
      return length + " characters, at most " + maxLength + " are allowed";
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
    if (to - from > EventLimits.TEXT_LENGTH) {
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
