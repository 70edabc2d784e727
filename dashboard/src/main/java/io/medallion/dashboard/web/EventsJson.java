package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medallion.dashboard.view.LateView;
import io.medallion.dashboard.view.QuarantineView;
import io.medallion.dashboard.view.RejectedEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Single events, rejected or late, as the API tells them. */
final class EventsJson {

  private EventsJson() {}

  static byte[] quarantine(QuarantineView.Summary summary) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeNumberField("counted", summary.counted());
          out.writeArrayFieldStart("reasons");
          for (QuarantineView.ByReason reason : summary.reasons()) {
            out.writeStartObject();
            out.writeStringField("reason", reason.reason());
            out.writeNumberField("events", reason.events());
            out.writeArrayFieldStart("samples");
            for (RejectedEvent sample : reason.samples()) {
              sample(out, sample);
            }
            out.writeEndArray();
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void sample(JsonGenerator out, RejectedEvent sample) throws IOException {
    out.writeStartObject();
    out.writeStringField("detail", sample.detail());
    out.writeNumberField("partition", sample.partition());
    out.writeNumberField("offset", sample.offset());
    out.writeStringField("enqueued", time(sample.enqueuedMicros()));
    out.writeStringField("key", sample.key());
    out.writeNumberField("bytes", sample.bytes());
    out.writeStringField("encoding", sample.isText() ? "utf-8" : "hex");
    out.writeStringField("body", sample.body());
    out.writeEndObject();
  }

  static byte[] late(LateView.Summary summary) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("events");
          for (LateView.Late late : summary.events()) {
            out.writeStartObject();
            out.writeStringField("key", late.key());
            out.writeStringField("eventTime", time(late.eventTime()));
            out.writeStringField("windowStart", time(late.windowStart()));
            out.writeStringField("windowEnd", time(late.windowEnd()));
            out.writeNumberField("latenessMillis", late.latenessMillis());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
