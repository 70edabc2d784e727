package io.medallion.maintenance.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an audit found, as text for people and as JSON for scripts. */
record AuditReport(String folder, LakeVersion lake, TimeRange range, List<CheckResult> checks) {

  private static final JsonMapper JSON = new JsonMapper();

  boolean holds() {
    return checks.stream().allMatch(CheckResult::holds);
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("lake", folder);
    root.put("checkpoint", lake.checkpoint().orElse(null));
    if (!range.isAll()) {
      root.put("from", range.from().toString()).put("to", range.to().toString());
    }
    root.put("holds", holds());
    ObjectNode tables = root.putObject("tables");
    lake.tables()
        .forEach(
            (kind, table) ->
                tables
                    .putObject(kind.path())
                    .put("version", table.snapshot().getVersion())
                    .put("files", table.files().size())
                    .put("rows", table.rows()));
    root.set("checks", JSON.valueToTree(checks));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s at %s",
        folder,
        lake.checkpoint()
            .map(id -> "checkpoint " + id)
            .orElse("no checkpoint: no table has a row"));
    if (!range.isAll()) {
      line(
          text,
          "Only %s to %s: by enqueued time in bronze, quarantine and late, by event time in silver's"
              + " enrichment, and windows that are in it as a whole.",
          range.from(),
          range.to());
    }
    for (CheckResult check : checks) {
      line(
          text,
          "%-18s %-7s %s",
          check.name(),
          check.holds() ? "holds" : "BROKEN",
          check.counts().entrySet().stream()
              .map(count -> String.format(Locale.ROOT, "%s %,d", count.getKey(), count.getValue()))
              .collect(Collectors.joining(", ")));
      if (!check.holds()) {
        line(text, "  Rule: %s. %,d times not:", check.rule(), check.violations());
        check.examples().forEach(example -> line(text, "  - %s", example));
      }
    }
    long broken = checks.stream().filter(check -> !check.holds()).count();
    line(
        text,
        broken == 0 ? "All %d checks hold." : "%2$d of %1$d checks do not hold.",
        checks.size(),
        broken);
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
