package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.DoubleSummaryStatistics;
import java.util.Objects;

/**
 * Means, extremes, totals, mean wind and prevailing conditions of gold follow from silver.
 *
 * <p>The job adds up whole millionths. So a mean may differ from the exact one by half a millionth,
 * a total by half a millionth an event, and the sum of wind vectors by a millionth an event: the
 * direction accordingly more, the weaker the mean wind is. Extremes are exact. A mean wind under a
 * millionth of a km/h has no direction.
 *
 * <p>Not judged are the conditions of a window of the first release that had more than are counted
 * here; the result tells how many these are.
 */
final class GoldValues {

  private static final double MILLIONTH = 1e-6;

  private final Findings findings =
      new Findings(
          "gold-values", "means, extremes, totals, wind and conditions of gold follow from silver");
  private long rows;
  private long conditionsNotJudged;

  /**
   * @param place names the row for people
   * @param expected of as many events as the row says
   */
  void row(String place, RowCursor row, Weather expected) {
    rows++;
    mean(place, row, "temperature", Gold.TEMPERATURE, expected.temperature);
    mean(place, row, "humidity", Gold.HUMIDITY, expected.humidity);
    mean(place, row, "windSpeed", Gold.WIND_SPEED, expected.windSpeed);
    mean(place, row, "precipitation", Gold.PRECIPITATION, expected.precipitation);
    extremes(place, row, "Temperature", Gold.MIN_TEMPERATURE, expected.temperature);
    extremes(place, row, "Humidity", Gold.MIN_HUMIDITY, expected.humidity);
    extremes(place, row, "WindSpeed", Gold.MIN_WIND_SPEED, expected.windSpeed);
    number(
        place,
        row,
        "totalPrecipitation",
        Gold.TOTAL_PRECIPITATION,
        expected.precipitation.getSum(),
        expected.count() * MILLIONTH);
    wind(place, row, expected);
    conditions(place, row, expected);
  }

  private void mean(
      String place, RowCursor row, String name, int column, DoubleSummaryStatistics expected) {
    number(place, row, name, column, expected.getAverage(), MILLIONTH);
  }

  /** The greatest value is in the column after the least. */
  private void extremes(
      String place, RowCursor row, String name, int column, DoubleSummaryStatistics expected) {
    number(place, row, "min" + name, column, expected.getMin(), 0);
    number(place, row, "max" + name, column + 1, expected.getMax(), 0);
  }

  private void number(
      String place, RowCursor row, String name, int column, double expected, double tolerance) {
    double actual = row.number(column);
    // Not "greater than": a NaN or null in the table must not pass.
    if (!(Math.abs(actual - expected) <= tolerance)) {
      violation(place, name, Double.toString(actual), Double.toString(expected));
    }
  }

  private void wind(String place, RowCursor row, Weather expected) {
    double uncertain = expected.count() * MILLIONTH;
    double wind = expected.wind();
    if (row.isNull(Gold.WIND_DIRECTION_DEGREES)) {
      if (wind > 2 * uncertain || row.text(Gold.WIND_DIRECTION) != null) {
        violation(place, "windDirectionDegrees", "null", Double.toString(expected.windDegrees()));
      }
      return;
    }
    double actual = row.number(Gold.WIND_DIRECTION_DEGREES);
    double apart = Math.abs(actual - expected.windDegrees());
    double tolerance = wind > uncertain ? Math.toDegrees(Math.asin(uncertain / wind)) : 180;
    if (!(actual >= 0 && actual <= 360 && Math.min(apart, 360 - apart) <= tolerance + 1e-9)) {
      violation(
          place,
          "windDirectionDegrees",
          Double.toString(actual),
          Double.toString(expected.windDegrees()));
    } else if (!Weather.point(actual).equals(row.text(Gold.WIND_DIRECTION))) {
      violation(place, "windDirection", row.text(Gold.WIND_DIRECTION), Weather.point(actual));
    }
  }

  private void conditions(String place, RowCursor row, Weather expected) {
    if (expected.mayHaveOtherConditions()) {
      conditionsNotJudged++;
      return;
    }
    String conditions = expected.prevailingCondition();
    if (!Objects.equals(row.text(Gold.CONDITIONS), conditions)) {
      violation(place, "conditions", row.text(Gold.CONDITIONS), conditions);
    }
  }

  private void violation(String place, String column, String actual, String expected) {
    findings.violation("%s: %s is %s, recomputed %s", place, column, actual, expected);
  }

  CheckResult result() {
    findings.count("rows", rows);
    findings.count("conditions not judged", conditionsNotJudged);
    return findings.result();
  }
}
