package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON, numbers with no more digits than a weather station has. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes one value. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** To hundredths; null for NaN and infinity, which JSON does not have. */
  static void number(JsonGenerator out, double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.writeNull();
      return;
    }
    // Without a fraction where there is none, and never -0.
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      out.writeNumber(hundredths / 100);
    } else {
      out.writeNumber(hundredths / 100.0);
    }
  }

  static void field(JsonGenerator out, String name, double value) throws IOException {
    out.writeFieldName(name);
    number(out, value);
  }
}
