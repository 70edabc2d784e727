package io.medallion.powerbi.model;

import io.medallion.contract.Range;
import java.util.Optional;
import java.util.stream.Collectors;

/** Format strings of Power BI: how many digits, and the unit. */
final class Formats {

  static final String COUNT = "#,0";
  static final String INSTANT = "yyyy-mm-dd hh:nn:ss";
  static final String DATE = "yyyy-mm-dd";
  static final String SHARE = "0 %";
  static final String DEGREES = "0\\°";

  private Formats() {}

  /**
   * Of measured values: as many digits as a plausible range has a use for, else up to three.
   *
   * @param isWhole whether there are no others than whole numbers
   */
  static String number(boolean isWhole, Optional<Range> range, String unit) {
    String digits =
        isWhole || unit.equals("%") || unit.equals("°")
            ? "#,0"
            : range.map(Formats::digits).orElse("#,0.0##");
    return digits + unit(unit);
  }

  private static String digits(Range range) {
    double span = range.max() - range.min();
    if (span >= 100) {
      return "#,0.0";
    }
    return span >= 10 ? "#,0.00" : span >= 1 ? "#,0.000" : "#,0.0#####";
  }

  /** The characters as they are, whatever they mean in a format. */
  private static String unit(String unit) {
    if (unit.isEmpty()) {
      return "";
    }
    String escaped =
        unit.codePoints().mapToObj(c -> "\\" + Character.toString(c)).collect(Collectors.joining());
    return unit.equals("°") ? escaped : " " + escaped;
  }
}
