package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.EventForm.Encoding;
import io.medallion.contract.EventForm.Records;
import io.medallion.generator.event.ByteWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Puts events into a body as the contract says: in an array, on lines, in a text. */
final class Packing {

  private static final int USUAL_BYTES = 1024;

  private final EventForm event;
  private final BodyTemplate template;

  Packing(EventForm event, BodyTemplate template) {
    this.event = event;
    this.template = template;
  }

  /** Whether a body is an event as it is. */
  boolean isNone() {
    return !event.hasSeveral() && event.encoding().isEmpty();
  }

  /**
   * The body with these events; in an envelope, that of the first one, unless each has a line.
   *
   * @param events at least one; only one if the contract has one a record
   */
  byte[] body(List<BodyTemplate.Values> events) {
    if (event.records() == Records.ARRAY) {
      List<byte[]> all = new ArrayList<>();
      events.forEach(values -> all.add(data(values)));
      return around(joined(all, "[", ",", "]"), events.get(0));
    }
    List<byte[]> lines = new ArrayList<>();
    events.forEach(values -> lines.add(around(data(values), values)));
    return joined(lines, "", "\n", "");
  }

  private byte[] data(BodyTemplate.Values values) {
    ByteWriter out = new ByteWriter(USUAL_BYTES);
    template.writeData(values, out);
    return out.toBytes();
  }

  private byte[] around(byte[] data, BodyTemplate.Values values) {
    ByteWriter out = new ByteWriter(USUAL_BYTES);
    template.writeAround(encoded(data), values, out);
    return out.toBytes();
  }

  /** In quotes, unless the body is nothing but base64. */
  private byte[] encoded(byte[] data) {
    if (event.encoding().isEmpty()) {
      return data;
    }
    if (event.encoding().get() == Encoding.JSON) {
      return Words.json(new String(data, UTF_8));
    }
    byte[] text = Base64.getEncoder().encode(data);
    return event.data().isEmpty() ? text : Words.json(new String(text, ISO_8859_1));
  }

  private static byte[] joined(List<byte[]> parts, String before, String between, String after) {
    ByteWriter out = new ByteWriter(USUAL_BYTES);
    out.putAscii(before);
    for (int i = 0; i < parts.size(); i++) {
      out.putAscii(i == 0 ? "" : between);
      out.put(parts.get(i));
    }
    out.putAscii(after);
    return out.toBytes();
  }
}
