package io.medallion.contract;

import java.util.LinkedHashSet;
import java.util.Set;

/** The places in a body that a contract reads: none is within another one. */
final class Paths {

  private final Set<JsonPath> fields = new LinkedHashSet<>();
  private final Set<JsonPath> origins = new LinkedHashSet<>();

  /** A place that key, time or id come from; a field may be there too. */
  void addOrigin(YamlNode place, JsonPath path) {
    check(place, path, false);
    origins.add(path);
  }

  /** A field's place. */
  void addField(YamlNode place, JsonPath path) {
    check(place, path, true);
    fields.add(path);
  }

  private void check(YamlNode place, JsonPath path, boolean isField) {
    refuse(place, path, fields, isField);
    refuse(place, path, origins, false);
  }

  private static void refuse(
      YamlNode place, JsonPath path, Set<JsonPath> others, boolean evenSame) {
    for (JsonPath other : others) {
      boolean isSame = other.equals(path);
      boolean isWithin = other.isPrefixOf(path) || path.isPrefixOf(other);
      if (isSame ? evenSame : isWithin) {
        throw place.error("'%s' can't be read beside '%s'", path, other);
      }
    }
  }
}
