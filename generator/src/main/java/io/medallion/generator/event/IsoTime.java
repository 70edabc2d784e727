package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Writes times as {@code 2026-01-31T12:00:00.000Z}; those of a time zone as there, without the Z.
 * Neighbouring events share the minute, so its text is kept.
 */
public final class IsoTime {

  private static final int MINUTE = 60_000;
  private static final DateTimeFormatter UP_TO_MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:");

  private final ZoneId zone;
  private final boolean tellsZone;
  private long minute = Long.MIN_VALUE;
  private byte[] minuteText = {};

  /** In UTC. */
  public IsoTime() {
    this(Optional.empty());
  }

  /**
   * @param zone of times that don't tell theirs; empty for UTC, which is told
   */
  public IsoTime(Optional<ZoneId> zone) {
    this.zone = zone.orElse(ZoneOffset.UTC);
    this.tellsZone = zone.isEmpty();
  }

  private long offsetMillis(long epochMillis) {
    ZoneOffset offset =
        zone instanceof ZoneOffset fixed
            ? fixed
            : zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis));
    return offset.getTotalSeconds() * 1000L;
  }

  public void write(long epochMillis, ByteWriter out) {
    long local = epochMillis + offsetMillis(epochMillis);
    long wanted = Math.floorDiv(local, (long) MINUTE);
    if (wanted != minute) {
      minute = wanted;
      minuteText =
          UP_TO_MINUTE.format(Instant.ofEpochMilli(epochMillis).atZone(zone)).getBytes(US_ASCII);
    }
    int millis = (int) (local - minute * MINUTE);
    out.put(minuteText);
    out.putPadded(millis / 1000, 2);
    out.put((byte) '.');
    out.putPadded(millis % 1000, 3);
    if (tellsZone) {
      out.put((byte) 'Z');
    }
  }
}
