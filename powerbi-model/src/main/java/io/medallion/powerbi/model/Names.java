package io.medallion.powerbi.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives each name once; Power BI takes names that differ in case alone for the same. */
final class Names {

  /** Files can't have these names on Windows, where each table has a file of its name. */
  static final List<String> DEVICES =
      List.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private final Set<String> taken = new HashSet<>();

  void reserve(Collection<String> names) {
    names.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
  }

  /** The first of these that is free; if none is, the last with a number. */
  String take(String... preferred) {
    return takeBeside(List.of(), preferred);
  }

  /** The same, with others that are not to be had this time. */
  String takeBeside(List<String> others, String... preferred) {
    for (String name : preferred) {
      if (isFree(name, others)) {
        return name;
      }
    }
    String last = preferred[preferred.length - 1];
    for (int number = 2; ; number++) {
      String name = last + " " + number;
      if (isFree(name, others)) {
        return name;
      }
    }
  }

  private boolean isFree(String name, List<String> others) {
    return others.stream().noneMatch(name::equalsIgnoreCase)
        && taken.add(name.toLowerCase(Locale.ROOT));
  }
}
