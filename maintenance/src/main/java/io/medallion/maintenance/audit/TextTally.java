package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** How many events have a text, of the first so many texts in the order of their CRC-32. */
final class TextTally {

  private static final int MOST = 256;

  private final TreeMap<String, Long> counts =
      new TreeMap<>(
          Comparator.comparingLong(TextTally::crc).thenComparing(Comparator.naturalOrder()));

  private boolean hasMore;

  void add(String text) {
    count(text, 1L);
  }

  void add(TextTally other) {
    other.counts.forEach(this::count);
    hasMore |= other.hasMore;
  }

  private void count(String text, long events) {
    counts.merge(text, events, Long::sum);
    if (counts.size() > MOST) {
      counts.pollLastEntry();
      hasMore = true;
    }
  }

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(UTF_8));
    return crc.getValue();
  }

  /** Whether there were texts that are not counted. */
  boolean hasMore() {
    return hasMore;
  }

  /** Of texts that are equally frequent, the first in the order of their characters. */
  String mostFrequent() {
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
