package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.dashboard.view.Current;
import io.medallion.dashboard.view.GoldColumns;
import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.Measure;
import io.medallion.dashboard.view.Reading;
import io.medallion.dashboard.view.WindRose;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The contract and its tables of gold, as the API tells them; values by the columns' names. */
final class GoldJson {

  private GoldJson() {}

  static byte[] contract(Contract contract, int generation, List<GoldView> tables) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringField("name", contract.name());
          out.writeNumberField("version", contract.version());
          out.writeStringField("description", contract.description());
          out.writeStringField("key", contract.keyColumn());
          out.writeNumberField("generation", generation);
          out.writeArrayFieldStart("tables");
          for (GoldView table : tables) {
            table(out, table.columns());
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void table(JsonGenerator out, GoldColumns columns) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", columns.table().name());
    out.writeStringField("by", columns.table().by().orElse(null));
    out.writeStringField("window", columns.table().windowText().orElse(null));
    out.writeArrayFieldStart("measures");
    for (Measure measure : columns.measures()) {
      out.writeStartObject();
      out.writeStringField("name", measure.column());
      out.writeStringField("kind", measure.aggregate().function().text());
      out.writeArrayFieldStart("of");
      for (String argument : measure.aggregate().arguments()) {
        out.writeString(argument);
      }
      out.writeEndArray();
      out.writeStringField("unit", measure.unit());
      out.writeStringField("description", measure.description());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("words");
    for (GoldTable.Column column : columns.table().columns()) {
      if (columns.words().contains(column.name())) {
        out.writeStartObject();
        out.writeStringField("name", column.name());
        out.writeStringField("kind", column.aggregate().function().text());
        out.writeEndObject();
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static byte[] current(GoldColumns columns, List<GoldView.Named> keys) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringField("table", columns.table().name());
          out.writeArrayFieldStart("keys");
          for (GoldView.Named named : keys) {
            out.writeStartObject();
            out.writeStringField("key", named.key());
            current(out, columns, named.current());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void current(JsonGenerator out, GoldColumns columns, Current current)
      throws IOException {
    Reading reading = current.reading();
    out.writeStringField("windowStart", Instant.ofEpochSecond(reading.startSeconds()).toString());
    out.writeStringField("windowEnd", Instant.ofEpochSecond(current.endSeconds()).toString());
    out.writeObjectFieldStart("values");
    for (Measure measure : columns.measures()) {
      Json.field(out, measure.column(), measure.of(reading));
    }
    for (int i = 0; i < columns.words().size(); i++) {
      out.writeStringField(columns.words().get(i), current.words().get(i));
    }
    out.writeEndObject();
  }

  /** Column by column, which is short and what charts take. */
  static byte[] series(GoldColumns columns, String key, long from, long to, GoldView.Part part) {
    return Json.bytes(
        out -> {
          begin(out, columns, Optional.of(key), from, to);
          out.writeNumberField("stepSeconds", part.width());
          out.writeArrayFieldStart("time");
          for (Reading reading : part.readings()) {
            out.writeNumber(reading.startSeconds());
          }
          out.writeEndArray();
          out.writeObjectFieldStart("values");
          for (Measure measure : columns.measures()) {
            out.writeArrayFieldStart(measure.column());
            for (Reading reading : part.readings()) {
              Json.number(out, measure.of(reading));
            }
            out.writeEndArray();
          }
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  private static void begin(
      JsonGenerator out, GoldColumns columns, Optional<String> key, long from, long to)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("table", columns.table().name());
    out.writeStringField("key", key.orElse(null));
    out.writeNumberField("from", from);
    out.writeNumberField("to", to);
  }

  static byte[] rose(GoldColumns columns, Optional<String> key, long from, long to, WindRose rose) {
    return Json.bytes(
        out -> {
          begin(out, columns, key, from, to);
          out.writeStringField(
              "unit", columns.direction().flatMap(columns::speed).map(Measure::unit).orElse(""));
          out.writeNumberField("windows", rose.total());
          out.writeNumberField("calm", rose.calm());
          out.writeArrayFieldStart("bounds");
          for (double bound : rose.bounds()) {
            Json.number(out, bound);
          }
          out.writeEndArray();
          out.writeArrayFieldStart("sectors");
          for (long[] sector : rose.counts()) {
            out.writeArray(sector, 0, sector.length);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
