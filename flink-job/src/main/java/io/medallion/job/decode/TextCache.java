package io.medallion.job.decode;

import io.medallion.job.event.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same {@link Text} for the same characters, so that the few station names and conditions
 * of a stream are not decoded, checked and allocated again for every event.
 *
 * <p>Memory is bounded whatever the input: a fixed table in which a newcomer evicts the text that
 * had its place. One instance a thread. Only texts that keep to the rules of the contract get in.
 */
public final class TextCache {

  private static final int SLOTS = 1 << 13;

  private final Text[] texts = new Text[SLOTS];

  /** The text, or null if it breaks the rules for texts. */
  public Text get(char[] buffer, int offset, int length) {
    int slot = slot(buffer, offset, length);
    Text cached = texts[slot];
    if (cached != null && matches(cached.value, buffer, offset, length)) {
      return cached;
    }
    if (TextRules.defect(buffer, offset, length) != null) {
      return null;
    }
    Text text = new Text(new String(buffer, offset, length));
    texts[slot] = text;
    return text;
  }

  /** The text in these bytes, or null if they are not UTF-8 or the text breaks the rules. */
  public Text get(byte[] utf8) {
    int hash = 0;
    for (byte b : utf8) {
      hash = 31 * hash + b;
    }
    int slot = spread(hash);
    Text cached = texts[slot];
    if (cached != null && Arrays.equals(cached.utf8, utf8)) {
      return cached;
    }
    char[] characters = new String(utf8, StandardCharsets.UTF_8).toCharArray();
    Text text = new Text(new String(characters));
    if (TextRules.defect(characters, 0, characters.length) != null
        || !Arrays.equals(text.utf8, utf8)) {
      return null;
    }
    texts[slot] = text;
    return text;
  }

  /** The same slot for a text's characters as for its bytes, as long as it is ASCII. */
  private static int slot(char[] buffer, int offset, int length) {
    int hash = 0;
    for (int i = offset, end = offset + length; i < end; i++) {
      hash = 31 * hash + buffer[i];
    }
    return spread(hash);
  }

  private static int spread(int hash) {
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  private static boolean matches(String value, char[] buffer, int offset, int length) {
    if (value.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) != buffer[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
