package io.medallion.job.decode;

import io.medallion.job.event.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same {@link Text} for the same bytes, so that the few station names and conditions of a
 * stream are not decoded, checked and allocated again for every event.
 *
 * <p>Memory is bounded whatever the input: a fixed table in which a newcomer evicts the text that
 * had its place. One instance a thread. Only texts that keep to the rules of the contract get in.
 */
public final class TextCache {

  private static final int SLOTS = 1 << 13;

  private final Text[] texts = new Text[SLOTS];

  /** The text in these bytes, or null if they are not UTF-8 or the text breaks the rules. */
  public Text get(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    Text cached = texts[slot];
    if (cached != null && Arrays.equals(cached.utf8, 0, cached.utf8.length, bytes, from, to)) {
      return cached;
    }
    Text text = new Text(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    if (TextRules.defect(text.value) != null
        || !Arrays.equals(text.utf8, 0, text.utf8.length, bytes, from, to)) {
      return null;
    }
    texts[slot] = text;
    return text;
  }

  private static int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
