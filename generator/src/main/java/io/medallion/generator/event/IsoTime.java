package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes times as {@code 2026-01-31T12:00:00.000Z}. Neighbouring events share the minute, so its
 * text is kept.
 */
final class IsoTime {

  private static final int MINUTE = 60_000;
  private static final DateTimeFormatter UP_TO_MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:").withZone(ZoneOffset.UTC);

  private long minute = Long.MIN_VALUE;
  private byte[] minuteText = {};

  void write(long epochMillis, ByteWriter out) {
    long wanted = Math.floorDiv(epochMillis, (long) MINUTE);
    if (wanted != minute) {
      minute = wanted;
      minuteText = UP_TO_MINUTE.format(Instant.ofEpochMilli(epochMillis)).getBytes(US_ASCII);
    }
    int millis = (int) (epochMillis - minute * MINUTE);
    out.put(minuteText);
    out.putPadded(millis / 1000, 2);
    out.put((byte) '.');
    out.putPadded(millis % 1000, 3);
    out.put((byte) 'Z');
  }
}
