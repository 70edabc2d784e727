package io.medallion.maintenance.contract.docs;

import io.medallion.contract.Formula;
import java.util.List;
import java.util.Optional;

/**
 * What a function of the library says of its arguments, with its source.
 *
 * @param nullWhen when there is no result though there are arguments; empty for never
 */
record FunctionText(String meaning, Optional<String> nullWhen) {

  static FunctionText of(Formula.Call column) {
    List<String> names = column.arguments().stream().map(name -> "`" + name + "`").toList();
    String a = names.get(0);
    String b = names.size() > 1 ? names.get(1) : "";
    String c = names.size() > 2 ? names.get(2) : "";
    return switch (column.function()) {
      case DEGREES ->
          total(a + " in degrees: as sent, 0 to 360, else the middle of the compass point sent");
      case DEW_POINT ->
          new FunctionText(
              "dew point of %s and %s: Magnus over water, WMO-No. 8".formatted(a, b),
              Optional.of("%s 0, or %s beyond −45..60 °C".formatted(b, a)));
      case APPARENT_TEMPERATURE ->
          total(
              ("how warm it feels, by %s, %s and %s: wind chill (NWS and Environment Canada, 2001) up to"
                      + " 10 °C and above 4.8 km/h, else heat index (NWS, Rothfusz) from 80 °F, else %s")
                  .formatted(a, b, c, a));
      case BEAUFORT -> total("wind force of " + a + ", 0 to 12");
      case FAHRENHEIT -> total(a + " in °F, from °C");
      case CELSIUS -> total(a + " in °C, from °F");
      case KILOMETERS_PER_HOUR -> total(a + " in km/h, from m/s");
      case PLUS -> total("%s plus %s".formatted(a, b));
      case MINUS -> total("%s minus %s".formatted(a, b));
      case TIMES -> total("%s times %s".formatted(a, b));
      case RATIO -> new FunctionText("%s by %s".formatted(a, b), Optional.of(b + " 0"));
    };
  }

  private static FunctionText total(String meaning) {
    return new FunctionText(meaning, Optional.empty());
  }
}
