package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What silver derives from an event is what the contract's formulas give for the row's own values:
 * for a sample of about 100,000 rows, chosen by their offsets. The functions themselves are tested
 * in {@code contract} against published tables.
 *
 * <p>Not judged is what takes a direction of which silver has no degrees, and what may be of an
 * earlier contract.
 */
final class Enrichment {

  private static final long SAMPLE = 100_000;

  private final TimeRange range;
  private final long every;
  private final List<Column> columns = new ArrayList<>();
  private final Findings findings =
      new Findings("silver-enrichment", "what silver derives from an event follows from the row");
  private long rows;
  private long notJudged;

  /** What is wrong with a column of a row; empty if nothing is. */
  private interface Check {
    Optional<ColumnCheck.Mismatch> check(RowCursor row);
  }

  private record Column(String name, Check check, boolean isChanged) {}

  /**
   * @param silverRows how many rows silver has, about
   */
  Enrichment(
      Contract contract,
      EarlierContracts earlier,
      SilverRow silver,
      TimeRange range,
      long silverRows) {
    this.range = range;
    this.every = Math.max(1, silverRows / SAMPLE);
    for (DerivedColumn column : contract.silver()) {
      check(silver, column)
          .ifPresent(
              check -> columns.add(new Column(column.name(), check, earlier.hadOtherwise(column))));
    }
  }

  private static Optional<Check> check(SilverRow silver, DerivedColumn column) {
    int place = silver.place(column.name());
    Optional<Integer> point = SilverRow.direction(column).map(silver::place);
    if (point.isPresent()) {
      return Optional.of(row -> direction(row.number(place), row.text(point.get())));
    }
    Map<String, Function<RowCursor, Object>> values = new HashMap<>();
    for (String name : column.formula().names()) {
      Optional<Function<RowCursor, Object>> value = silver.value(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.put(name, value.get());
    }
    Function<RowCursor, Object> actual = silver.value(column.name()).orElseThrow();
    return Optional.of(
        row ->
            mismatch(actual.apply(row), column.formula().of(name -> values.get(name).apply(row))));
  }

  private static Optional<ColumnCheck.Mismatch> mismatch(Object actual, Object expected) {
    return ColumnValue.areSame(actual, expected)
        ? Optional.empty()
        : Optional.of(new ColumnCheck.Mismatch(String.valueOf(actual), String.valueOf(expected)));
  }

  void silver(RowCursor row) {
    if (row.bigint(SilverRow.OFFSET) % every != 0
        || !range.contains(row.bigint(SilverRow.EVENT_TIME))) {
      return;
    }
    rows++;
    for (Column column : columns) {
      column.check().check(row).ifPresent(mismatch -> mismatch(row, column, mismatch));
    }
  }

  /** The degrees are the event's own or its compass point's; either way the point is theirs. */
  private static Optional<ColumnCheck.Mismatch> direction(double degrees, String point) {
    boolean isDirection = degrees >= 0 && degrees <= 360;
    String expected = isDirection ? CompassPoints.of(degrees) : "none";
    return expected.equals(point == null ? "none" : point)
        ? Optional.empty()
        : Optional.of(
            new ColumnCheck.Mismatch(
                Double.toString(degrees), "that of a direction in the sector of " + point));
  }

  private void mismatch(RowCursor row, Column column, ColumnCheck.Mismatch mismatch) {
    if (column.isChanged()) {
      notJudged++;
      return;
    }
    findings.violation(
        "partition %d offset %d: %s is %s, recomputed %s",
        row.integer(SilverRow.PARTITION),
        row.bigint(SilverRow.OFFSET),
        column.name(),
        mismatch.actual(),
        mismatch.expected());
  }

  CheckResult result() {
    findings.count("rows sampled", rows);
    findings.count("not judged", notJudged);
    return findings.result();
  }
}
