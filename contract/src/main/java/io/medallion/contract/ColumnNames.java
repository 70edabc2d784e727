package io.medallion.contract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of silver's columns: what every reader of Delta takes, and each only once. Names that
 * differ in case alone are the same to some readers.
 */
final class ColumnNames {

  /** What every lake has, whatever its contract; also in late and gold. */
  private static final Set<String> OURS =
      Set.of(
          "eventtime",
          "eventid",
          "qualityflags",
          "eventhub",
          "partition",
          "offset",
          "enqueuedtime",
          "processedtime",
          "eventdate",
          "windowstart",
          "windowend",
          "latenessmillis",
          "extras",
          "index");

  private final Map<String, String> taken = new HashMap<>();

  static String allowed() {
    return "a letter or _, then letters, digits and _, at most 64";
  }

  /** Refuses a name that can't be a column's, or is one's already. */
  void check(YamlNode place, String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]{0,63}")) {
      throw place.error("'%s' can't be the name of a column: %s", name, allowed());
    }
    if (OURS.contains(folded)) {
      throw place.error("the column '%s' is there in every lake: choose another name", name);
    }
    if (taken.containsKey(folded)) {
      throw place.error("the column '%s' is there already", taken.get(folded));
    }
  }

  void reserve(String name) {
    taken.put(name.toLowerCase(Locale.ROOT), name);
  }
}
