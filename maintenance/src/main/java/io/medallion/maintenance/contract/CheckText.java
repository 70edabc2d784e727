package io.medallion.maintenance.contract;

import io.medallion.cli.Figures;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.contract.sample.SampleSummary;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A check for people: a line for each line of the sample, then a summary. */
final class CheckText implements CheckReport {

  /** What a file that does not have an event a line is full of. */
  private static final Set<String> NOT_IN_LINES =
      Set.of(
          RejectReason.EMPTY_BODY.name(),
          RejectReason.INVALID_JSON.name(),
          RejectReason.TRAILING_DATA.name(),
          RejectReason.NOT_AN_OBJECT.name());

  private final PrintStream out;
  private final boolean summaryOnly;

  CheckText(PrintStream out, boolean summaryOnly) {
    this.out = out;
    this.summaryOnly = summaryOnly;
  }

  /** Told on the error stream. */
  @Override
  public void wrong(String message) {}

  @Override
  public void right(String name, Contract contract) {
    out.println(
        "%s is right: %s; %d fields, %d derived columns; gold: %s"
            .formatted(
                name,
                contract,
                contract.fields().size(),
                contract.silver().size(),
                contract.gold().stream().map(GoldTable::name).collect(Collectors.joining(", "))));
  }

  @Override
  public void valid(long line, Map<String, Object> row) {
    if (!summaryOnly) {
      out.println(
          "%d: %s"
              .formatted(
                  line,
                  row.entrySet().stream()
                      .map(column -> column.getKey() + " " + shown(column.getValue()))
                      .collect(Collectors.joining(", "))));
    }
  }

  private static String shown(Object value) {
    return value instanceof String text && !text.matches("[\\w:.+-]+")
        ? '"' + text + '"'
        : String.valueOf(value);
  }

  @Override
  public void rejected(long line, String reason, String detail) {
    if (!summaryOnly) {
      out.println("%d: rejected, %s: %s".formatted(line, reason, detail));
    }
  }

  @Override
  public void summary(Contract contract, SampleSummary summary) {
    if (!summaryOnly) {
      out.println();
    }
    count("valid", summary.valid());
    countSome("valid with a quality flag", summary.flagged());
    summary.rejected().forEach((reason, lines) -> count("rejected, " + reason, lines));
    countSome(
        "key from nowhere: %s is '%s'"
            .formatted(contract.keyColumn(), contract.event().key().otherwise()),
        summary.keyless());
    countSome("without a time of their own: that of the record counts", summary.timeless());
    countSome("without an id: never taken for copies", summary.idless());
    names("fields that no line has", summary.neverSeen(), false);
    names("in the sample, but not in the contract", summary.unnamed(), summary.hasMoreUnnamed());
    if (summary.valid() == 0 && NOT_IN_LINES.containsAll(summary.rejected().keySet())) {
      out.println("Is there one event on each line? A sample is JSON lines, not one JSON text.");
    }
  }

  private void countSome(String what, long lines) {
    if (lines > 0) {
      count(what, lines);
    }
  }

  private void count(String what, long lines) {
    out.println("%8s  %s".formatted(Figures.count(lines), what));
  }

  private void names(String what, List<String> names, boolean hasMore) {
    if (!names.isEmpty()) {
      out.println(
          "%s: %s%s".formatted(what, String.join(", ", names), hasMore ? ", and more" : ""));
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
