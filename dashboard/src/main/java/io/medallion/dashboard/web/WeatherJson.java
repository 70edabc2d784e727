package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medallion.dashboard.view.Current;
import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.Reading;
import io.medallion.dashboard.view.WindRose;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The weather, as the API tells it: °C, %, km/h, mm, degrees; times in seconds since 1970. */
final class WeatherJson {

  private WeatherJson() {}

  static byte[] stations(Optional<Current> all, List<GoldView.Named> stations) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          if (all.isPresent()) {
            out.writeObjectFieldStart("summary");
            out.writeNumberField("stationCount", all.get().stations());
            current(out, all.get());
            out.writeEndObject();
          }
          out.writeArrayFieldStart("stations");
          for (GoldView.Named named : stations) {
            out.writeStartObject();
            out.writeStringField("station", named.station());
            current(out, named.current());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void current(JsonGenerator out, Current current) throws IOException {
    Reading reading = current.reading();
    out.writeStringField("windowStart", Instant.ofEpochSecond(reading.startSeconds()).toString());
    out.writeStringField("windowEnd", Instant.ofEpochSecond(current.endSeconds()).toString());
    out.writeNumberField("eventCount", reading.events());
    Json.field(out, "temperature", reading.temperature());
    Json.field(out, "minTemperature", reading.minTemperature());
    Json.field(out, "maxTemperature", reading.maxTemperature());
    Json.field(out, "humidity", reading.humidity());
    Json.field(out, "minHumidity", current.minHumidity());
    Json.field(out, "maxHumidity", current.maxHumidity());
    Json.field(out, "windSpeed", reading.windSpeed());
    Json.field(out, "maxWindSpeed", reading.maxWindSpeed());
    Json.field(out, "windDirection", reading.windDirection());
    Json.field(out, "precipitation", reading.precipitation());
    out.writeStringField("conditions", current.conditions().orElse(null));
  }

  /** Column by column, which is short and what charts take. */
  static byte[] series(Optional<String> station, long from, long to, GoldView.Part part) {
    List<Reading> readings = part.readings();
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringField("station", station.orElse(null));
          out.writeNumberField("from", from);
          out.writeNumberField("to", to);
          out.writeNumberField("stepSeconds", part.width());
          out.writeArrayFieldStart("time");
          for (Reading reading : readings) {
            out.writeNumber(reading.startSeconds());
          }
          out.writeEndArray();
          out.writeArrayFieldStart("eventCount");
          for (Reading reading : readings) {
            out.writeNumber(reading.events());
          }
          out.writeEndArray();
          column(out, "temperature", readings, Reading::temperature);
          column(out, "minTemperature", readings, Reading::minTemperature);
          column(out, "maxTemperature", readings, Reading::maxTemperature);
          column(out, "humidity", readings, Reading::humidity);
          column(out, "windSpeed", readings, Reading::windSpeed);
          column(out, "maxWindSpeed", readings, Reading::maxWindSpeed);
          column(out, "windDirection", readings, Reading::windDirection);
          column(out, "precipitation", readings, Reading::precipitation);
          out.writeEndObject();
        });
  }

  private static void column(
      JsonGenerator out, String name, List<Reading> readings, ToDoubleFunction<Reading> value)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Reading reading : readings) {
      Json.number(out, value.applyAsDouble(reading));
    }
    out.writeEndArray();
  }

  static byte[] rose(Optional<String> station, long from, long to, WindRose rose) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringField("station", station.orElse(null));
          out.writeNumberField("from", from);
          out.writeNumberField("to", to);
          out.writeNumberField("windows", rose.total());
          out.writeNumberField("calm", rose.calm());
          out.writeFieldName("bounds");
          out.writeArray(rose.bounds(), 0, rose.bounds().length);
          out.writeArrayFieldStart("sectors");
          for (long[] sector : rose.counts()) {
            out.writeArray(sector, 0, sector.length);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
