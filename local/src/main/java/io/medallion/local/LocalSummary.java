package io.medallion.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.generator.GeneratorSummary;
import io.medallion.maintenance.audit.AuditReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param drained whether all windows were closed
 * @param elapsed from the start of the run to its last commit and savepoint
 * @param generator what was sent, if there was a generator
 * @param rows of every table
 * @param added rows that this run added
 * @param throughput of the job, if it committed anything
 * @param savepoint where the next start goes on
 * @param audit of the lake, if one was made
 */
record LocalSummary(
    Path lake,
    boolean drained,
    Duration elapsed,
    Optional<GeneratorSummary> generator,
    TableRows rows,
    TableRows added,
    Optional<Throughput> throughput,
    String savepoint,
    Optional<AuditReport> audit) {

  private static final JsonMapper JSON = new JsonMapper();

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("lake", lake.toString());
    root.put("drained", drained);
    root.put("elapsedSeconds", seconds(elapsed));
    generator.ifPresent(summary -> root.set("generator", summary.toJson()));
    ObjectNode tables = root.putObject("tables");
    rows.of()
        .forEach(
            (name, total) ->
                tables.putObject(name).put("rows", total).put("added", added.of().get(name)));
    throughput.ifPresent(
        speed ->
            root.putObject("throughput")
                .put("events", speed.events())
                .put("seconds", seconds(speed.time()))
                .put("eventsPerSecond", Math.round(speed.eventsPerSecond())));
    root.put("savepoint", savepoint);
    audit.ifPresent(report -> root.set("audit", report.toJson()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    generator.ifPresent(sent -> line(text, "%s", sent.toText()));
    line(text, "%-28s %15s %15s", "table", "rows", "this run");
    rows.of()
        .forEach(
            (name, total) -> line(text, "%-28s %,15d %,15d", name, total, added.of().get(name)));
    throughput.ifPresent(
        speed ->
            line(
                text,
                "%,d events in %.1f s: %,.0f events/s from the first fetch to the last commit",
                speed.events(),
                seconds(speed.time()),
                speed.eventsPerSecond()));
    line(
        text,
        "%s after %.1f s. The next start on %s goes on from %s",
        drained ? "All windows closed" : "Stopped with a savepoint",
        seconds(elapsed),
        lake,
        savepoint);
    audit.ifPresent(report -> line(text, "%nAudit of %s", report.toText().stripTrailing()));
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
