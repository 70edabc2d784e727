package io.medallion.maintenance.audit;

import io.medallion.contract.functions.ApparentTemperature;
import io.medallion.contract.functions.Beaufort;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.contract.functions.DewPoint;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;

/**
 * What silver derives from an event is what the job's formulas give for the row's own values: for a
 * sample of about 100,000 rows, chosen by their offsets. The formulas themselves are tested in
 * flink-job against published tables.
 */
final class Enrichment {

  private static final long SAMPLE = 100_000;

  /** For the last digit of logarithms and powers, which may differ between machines. */
  private static final double TOLERANCE = 1e-9;

  private final TimeRange range;
  private final long every;
  private final Findings findings =
      new Findings(
          "silver-enrichment",
          "dew point, apparent temperature, Beaufort force and compass point follow from the row");
  private long rows;

  /**
   * @param silverRows how many rows silver has, about
   */
  Enrichment(TimeRange range, long silverRows) {
    this.range = range;
    this.every = Math.max(1, silverRows / SAMPLE);
  }

  void silver(RowCursor row) {
    if (row.bigint(Silver.OFFSET) % every != 0 || !range.contains(row.bigint(Silver.EVENT_TIME))) {
      return;
    }
    rows++;
    double temperature = row.number(Silver.TEMPERATURE);
    double humidity = row.number(Silver.HUMIDITY);
    double windSpeed = row.number(Silver.WIND_SPEED);
    check(row, "dewPoint", Silver.DEW_POINT, DewPoint.of(temperature, humidity));
    check(
        row,
        "apparentTemperature",
        Silver.APPARENT_TEMPERATURE,
        ApparentTemperature.of(temperature, humidity, windSpeed));
    checkWindDirection(row);
    int beaufort = Beaufort.of(windSpeed);
    if (row.isNull(Silver.BEAUFORT) || row.integer(Silver.BEAUFORT) != beaufort) {
      violation(
          row,
          "beaufort",
          row.isNull(Silver.BEAUFORT) ? "null" : Integer.toString(row.integer(Silver.BEAUFORT)),
          Integer.toString(beaufort));
    }
  }

  /** The degrees are the event's own or its compass point's; either way the point is theirs. */
  private void checkWindDirection(RowCursor row) {
    double degrees = row.number(Silver.WIND_DIRECTION_DEGREES);
    String actual = row.text(Silver.WIND_DIRECTION);
    String expected =
        CompassPoint.isDirection(degrees) ? CompassPoint.ofDegrees(degrees).name() : "none";
    if (!expected.equals(actual)) {
      violation(row, "windDirection of " + degrees + " degrees", actual, expected);
    }
  }

  /** Null in the table stands for NaN. */
  private void check(RowCursor row, String name, int column, double expected) {
    double actual = row.number(column);
    boolean equal =
        Double.isNaN(expected)
            ? row.isNull(column)
            : Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
    if (!equal) {
      violation(row, name, Double.toString(actual), Double.toString(expected));
    }
  }

  private void violation(RowCursor row, String name, String actual, String expected) {
    findings.violation(
        "partition %d offset %d: %s is %s, recomputed %s",
        row.integer(Silver.PARTITION), row.bigint(Silver.OFFSET), name, actual, expected);
  }

  CheckResult result() {
    findings.count("rows sampled", rows);
    return findings.result();
  }
}
