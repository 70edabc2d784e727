package io.medallion.maintenance.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.maintenance.lake.Checkpoint;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an audit found, as text for people and as JSON for scripts. */
public final class AuditReport {

  private static final JsonMapper JSON = new JsonMapper();

  private final String folder;
  private final LakeVersion lake;
  private final TimeRange range;
  private final List<CheckResult> checks;

  private AuditReport(String folder, LakeVersion lake, TimeRange range, List<CheckResult> checks) {
    this.folder = folder;
    this.lake = lake;
    this.range = range;
    this.checks = checks;
  }

  /**
   * Audits the tables of a lake.
   *
   * <p>If they lack events, and the job may have died while it committed them, they are audited as
   * of the checkpoint before.
   *
   * @param folder the lake's, for people
   * @param progress is told every few seconds how far the audit is
   */
  public static AuditReport of(
      String folder, LakeVersion lake, TimeRange range, PrintStream progress) {
    AuditReport report =
        new AuditReport(folder, lake, range, new Audit(lake, range, progress).run());
    return lake.before().isPresent() && !report.holds(AccountedEvents.NAME)
        ? of(folder, lake.before().get(), range, progress)
        : report;
  }

  /** Whether all checks hold. */
  public boolean holds() {
    return checks.stream().allMatch(CheckResult::holds);
  }

  private boolean holds(String check) {
    return checks.stream()
        .filter(result -> result.name().equals(check))
        .allMatch(CheckResult::holds);
  }

  /** All that is known, for scripts. */
  public ObjectNode toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("lake", folder);
    root.put("checkpoint", lake.checkpoint().map(Checkpoint::id).orElse(null));
    if (!range.isAll()) {
      root.put("from", range.from().toString()).put("to", range.to().toString());
    }
    root.put("holds", holds());
    ObjectNode tables = root.putObject("tables");
    lake.tables()
        .forEach(
            (kind, table) -> {
              ObjectNode node = tables.putObject(kind.path());
              node.put("version", table.snapshot().getVersion())
                  .put("files", table.files().size())
                  .put("rows", table.rows());
              if (table.expired().isAnything()) {
                node.put("expiredBefore", table.expired().before().toString());
              }
            });
    root.set("checks", JSON.valueToTree(checks));
    return root;
  }

  /** A line for each check, with a line end; of those that do not hold, examples. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s at %s",
        folder,
        lake.checkpoint()
            .map(checkpoint -> "checkpoint " + checkpoint.id())
            .orElse("no checkpoint: no table has a row"));
    if (!range.isAll()) {
      line(
          text,
          "Only %s to %s: by enqueued time in bronze, quarantine and late, by event time in silver's"
              + " enrichment, and windows that are in it as a whole.",
          range.from(),
          range.to());
    }
    lake.tables()
        .forEach(
            (kind, table) -> {
              if (table.expired().isAnything()) {
                line(text, "%s had rows before %s removed.", kind, table.expired().before());
              }
            });
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
