package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.LakeView;
import io.medallion.dashboard.view.TableState;
import java.io.IOException;
import java.time.Instant;

/** The state of all tables, as {@code /api/v2/state} and the event stream tell it. */
final class StateJson {

  private StateJson() {}

  static byte[] write(String lake, LakeView.State state) {
    return Json.bytes(
        out -> {
          out.writeStartObject();
          out.writeStringField("lake", lake);
          out.writeStringField("phase", phase(state));
          out.writeNumberField("contractGeneration", state.generation());
          if (state.rowsLeft() > 0) {
            Json.field(
                out, "read", 1 - (double) state.rowsLeft() / Math.max(1, state.rowsToRead()));
          }
          out.writeArrayFieldStart("tables");
          for (TableState table : state.tables()) {
            table(out, table);
          }
          out.writeEndArray();
          gold(out, state);
          out.writeNumberField("quarantineRevision", state.quarantineRevision());
          out.writeNumberField("lateRevision", state.lateRevision());
          out.writeEndObject();
        });
  }

  private static String phase(LakeView.State state) {
    if (!state.looked() || state.rowsLeft() > 0) {
      return "reading";
    }
    return state.tables().stream().anyMatch(TableState::present) ? "ready" : "waiting";
  }

  private static void table(JsonGenerator out, TableState table) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", table.name());
    out.writeBooleanField("present", table.present());
    if (table.present()) {
      out.writeNumberField("version", table.version());
      out.writeNumberField("files", table.files());
      out.writeNumberField("rows", table.rows());
      out.writeNumberField("bytes", table.bytes());
      Json.field(out, "rowsPerSecond", table.rowsPerSecond());
      out.writeStringField("committed", table.committed().map(Instant::toString).orElse(null));
      out.writeStringField("operation", table.operation());
      out.writeArrayFieldStart("recentRows");
      for (long rows : table.recent()) {
        out.writeNumber(rows);
      }
      out.writeEndArray();
    }
    if (table.problem().isPresent()) {
      out.writeStringField("problem", table.problem().get());
    }
    out.writeEndObject();
  }

  private static void gold(JsonGenerator out, LakeView.State state) throws IOException {
    out.writeObjectFieldStart("gold");
    out.writeNumberField("revision", state.goldRevision());
    out.writeArrayFieldStart("tables");
    for (GoldView table : state.gold()) {
      GoldView.Span span = table.span();
      out.writeStartObject();
      out.writeStringField("name", table.columns().table().name());
      out.writeNumberField("windowSeconds", span.windowSeconds());
      out.writeNumberField("keys", table.keyCount());
      out.writeNumberField("windowsLeftOut", span.windowsLeftOut());
      if (span.newestEnd() > 0) {
        out.writeStringField("oldest", Instant.ofEpochSecond(span.oldestStart()).toString());
        out.writeStringField("newest", Instant.ofEpochSecond(span.newestEnd()).toString());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
