package io.medallion.maintenance.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.contract.Contract;
import io.medallion.maintenance.contract.sample.SampleSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A check as one JSON object, written as it goes: memory does not grow with the sample. */
final class CheckJson implements CheckReport {

  private final PrintStream out;
  private final JsonGenerator json;
  private boolean hasLines;

  CheckJson(PrintStream out) throws IOException {
    this.out = out;
    json =
        JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(out);
    json.writeStartObject();
  }

  @Override
  public void wrong(String message) throws IOException {
    json.writeBooleanField("right", false);
    json.writeStringField("error", message);
  }

  @Override
  public void right(String name, Contract contract) throws IOException {
    json.writeBooleanField("right", true);
    json.writeStringField("contract", contract.name());
    json.writeNumberField("version", contract.version());
  }

  @Override
  public void valid(long line, Map<String, Object> row) throws IOException {
    startLine(line);
    json.writeObjectField("row", row);
    json.writeEndObject();
  }

  @Override
  public void rejected(long line, String reason, String detail) throws IOException {
    startLine(line);
    json.writeStringField("reason", reason);
    json.writeStringField("detail", detail);
    json.writeEndObject();
  }

  private void startLine(long line) throws IOException {
    if (!hasLines) {
      json.writeArrayFieldStart("lines");
      hasLines = true;
    }
    json.writeStartObject();
    json.writeNumberField("line", line);
  }

  @Override
  public void summary(Contract contract, SampleSummary summary) throws IOException {
    endLines();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("valid", summary.valid());
    members.put("flagged", summary.flagged());
    members.put("rejected", summary.rejected());
    members.put("keyFromNowhere", summary.keyless());
    members.put("withoutTime", summary.timeless());
    members.put("withoutId", summary.idless());
    members.put("fieldsNeverSeen", summary.neverSeen());
    members.put("notInContract", summary.unnamed());
    members.put("moreNotInContract", summary.hasMoreUnnamed());
    json.writeObjectField("summary", members);
  }

  private void endLines() throws IOException {
    if (hasLines) {
      json.writeEndArray();
      hasLines = false;
    }
  }

  /** Also ends the object after a failure, so that it stays JSON. */
  @Override
  public void close() throws IOException {
    endLines();
    json.writeEndObject();
    json.close();
    out.println();
  }
}
