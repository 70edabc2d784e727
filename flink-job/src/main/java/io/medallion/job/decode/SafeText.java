package io.medallion.job.decode;

/** Makes a piece of untrusted input fit for a log line, a table cell and a person's eyes. */
public final class SafeText {

  private static final int MAX_LENGTH = 80;

  private SafeText() {}

  /** Quoted, cut to a few words, and with everything but printable ASCII escaped. */
  public static String quote(CharSequence text) {
    return '\'' + escape(text) + '\'';
  }

  /** As {@link #quote}, without the quotes. */
  static String escape(CharSequence text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (escaped.length() >= MAX_LENGTH) {
        return escaped.append("...").toString();
      }
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        escaped.append(c);
      } else {
        escaped.append("\\u%04X".formatted((int) c));
      }
    }
    return escaped.toString();
  }
}
