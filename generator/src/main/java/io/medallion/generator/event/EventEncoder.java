package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medallion.generator.weather.Conditions;
import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WindDirection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes valid events as compact JSON. Everything that doesn't change is bytes already; the one
 * thing that it creates for an event is its byte array. Not thread-safe.
 */
public final class EventEncoder {

  private static final int MAX_EVENT_BYTES = 512;

  private static final byte[] EVENT_TIME = ascii("\",\"eventTime\":\"");
  private static final byte[] EVENT_ID = ascii("\",\"eventId\":\"");
  private static final byte[] TEMPERATURE = ascii("\"temperature\":");
  private static final byte[] HUMIDITY = ascii(",\"humidity\":");
  private static final byte[] WIND_SPEED = ascii(",\"windSpeed\":");
  private static final byte[] PRECIPITATION = ascii(",\"precipitation\":");
  private static final byte[] CLOSE_TEXT = ascii("\",");
  private static final byte[] END = ascii("}");
  private static final Map<WindDirection, byte[]> WIND_DIRECTIONS = windDirections();
  private static final Map<Conditions, byte[]> CONDITIONS = conditions();

  private final EventFormat format;
  private final byte[][] starts;
  private final EventIds ids;
  private final IsoTime isoTime = new IsoTime();
  private final ByteWriter out = new ByteWriter(MAX_EVENT_BYTES);

  public EventEncoder(EventFormat format, Stations stations, long seed, long startMillis) {
    this.format = format;
    this.ids = new EventIds(seed, startMillis);
    this.starts = new byte[stations.count()][];
    for (int station = 0; station < starts.length; station++) {
      String name = new String(stations.name(station), US_ASCII);
      starts[station] = ascii("{\"stationId\":\"" + name);
    }
  }

  /** The event's body; the time and the index are used in format EXTENDED only. */
  public byte[] encode(int station, long epochMillis, long index, Reading reading) {
    out.clear();
    if (format == EventFormat.EXTENDED) {
      out.put(starts[station]);
      out.put(EVENT_TIME);
      isoTime.write(epochMillis, out);
      out.put(EVENT_ID);
      ids.write(index, out);
      out.put(CLOSE_TEXT);
    } else {
      out.put((byte) '{');
    }
    out.put(TEMPERATURE);
    out.putTenths(reading.temperatureTenths());
    out.put(HUMIDITY);
    out.putSmall(reading.humidity());
    out.put(WIND_SPEED);
    out.putTenths(reading.windSpeedTenths());
    out.put(WIND_DIRECTIONS.get(reading.windDirection()));
    out.put(PRECIPITATION);
    out.putTenths(reading.precipitationTenths());
    out.put(CONDITIONS.get(reading.conditions()));
    out.put(END);
    return out.toBytes();
  }

  private static Map<WindDirection, byte[]> windDirections() {
    Map<WindDirection, byte[]> texts = new EnumMap<>(WindDirection.class);
    for (WindDirection point : WindDirection.values()) {
      texts.put(point, ascii(",\"windDirection\":\"" + point + "\""));
    }
    return texts;
  }

  private static Map<Conditions, byte[]> conditions() {
    Map<Conditions, byte[]> texts = new EnumMap<>(Conditions.class);
    for (Conditions conditions : Conditions.values()) {
      texts.put(conditions, ascii(",\"conditions\":\"" + conditions.text() + "\""));
    }
    return texts;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
