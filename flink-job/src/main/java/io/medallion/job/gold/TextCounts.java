package io.medallion.job.gold;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * How many events have a text, for at most {@link #MAX_TEXTS} texts.
 *
 * <p>Of more texts those count that come first by {@link #rank}, then by their characters. The
 * others that a sender may invent are left out: which ones are depends on nothing but the texts, so
 * the counts of the first are exact however the events were split into parts.
 */
final class TextCounts {

  static final int MAX_TEXTS = 256;

  private final Map<String, Long> counts = new HashMap<>();

  /** All events with a text, whether it counts or not. */
  private long events;

  /** The last of as many as may be; null if it is not known, or there may be more. */
  private String last;

  void add(String text, long number) {
    events += number;
    count(text, number);
  }

  void add(TextCounts part) {
    events += part.events;
    part.counts.forEach(this::count);
  }

  private void count(String text, long number) {
    if (counts.containsKey(text) || counts.size() < MAX_TEXTS) {
      counts.merge(text, number, Long::sum);
      return;
    }
    if (last == null) {
      last = Collections.max(counts.keySet(), ORDER);
    }
    if (ORDER.compare(text, last) < 0) {
      counts.remove(last);
      counts.put(text, number);
      last = null;
    }
  }

  private static final Comparator<String> ORDER =
      Comparator.comparingLong(TextCounts::rank).thenComparing(Comparator.naturalOrder());

  /** The CRC-32 of its UTF-8: an order that favours none. */
  private static long rank(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  /** Makes it what was saved. */
  void restore(long savedEvents, Map<String, Long> savedCounts) {
    events = savedEvents;
    counts.clear();
    counts.putAll(savedCounts);
    last = null;
  }

  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  long events() {
    return events;
  }

  int size() {
    return counts.size();
  }

  /** Events whose text is not one of those that count. */
  long uncounted() {
    long counted = 0;
    for (long number : counts.values()) {
      counted += number;
    }
    return events - counted;
  }

  /** The most frequent text, of equals the first in the order of characters; null without any. */
  String mostFrequent() {
    String first = null;
    long most = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      long count = entry.getValue();
      boolean isBefore = count == most && entry.getKey().compareTo(first) < 0;
      if (count > most || isBefore) {
        first = entry.getKey();
        most = count;
      }
    }
    return first;
  }
}
