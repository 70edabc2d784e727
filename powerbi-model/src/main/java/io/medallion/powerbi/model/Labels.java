package io.medallion.powerbi.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** English for people out of names of columns and tables. */
public final class Labels {

  private Labels() {}

  /**
   * The words of a name in small letters, abbreviations as they are: {@code wind speed} of {@code
   * windSpeed}, {@code CO2 level} of {@code CO2_level}.
   */
  static String words(String name) {
    String spaced =
        name.replaceAll("[_-]+", " ")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
            .replaceAll("(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .strip();
    if (spaced.isEmpty()) {
      return name;
    }
    return Arrays.stream(spaced.split(" +")).map(Labels::word).collect(Collectors.joining(" "));
  }

  private static String word(String word) {
    boolean isAbbreviation = word.matches("[A-Z0-9]{2,}") && !word.matches("[0-9]+");
    return isAbbreviation ? word : word.toLowerCase(Locale.ROOT);
  }

  /** The same with a capital in front. */
  public static String title(String name) {
    return capitalized(words(name));
  }

  /** What the values of a column name: {@code station} of {@code stationId}. */
  static String thing(String column) {
    String words = words(column);
    String thing = words.replaceAll("(?i) id$", "");
    return thing.isEmpty() ? words : thing;
  }

  static String capitalized(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  static String plural(String words) {
    if (words.matches(".*[^aeiou]y")) {
      return words.substring(0, words.length() - 1) + "ies";
    }
    return words + (words.matches(".*(s|x|z|ch|sh)") ? "es" : "s");
  }

  /**
   * The first word, without the last ones that are given: {@code wind} of {@code wind direction}.
   */
  static String without(String words, String... lastWords) {
    String rest = words;
    for (String last : lastWords) {
      if (rest.endsWith(" " + last)) {
        rest = rest.substring(0, rest.length() - last.length() - 1);
      }
    }
    return rest;
  }

  /**
   * What tells a table's name from the others: {@code by station} of {@code weather_by_station}.
   */
  static String distinction(String table, List<String> all) {
    List<String> words = List.of(table.split("_+"));
    int common = 0;
    while (common < words.size() - 1 && isCommon(words.get(common), common, all)) {
      common++;
    }
    String rest = words(String.join(" ", words.subList(all.size() > 1 ? common : 0, words.size())));
    return rest.startsWith("by ") ? rest : "in " + rest;
  }

  private static boolean isCommon(String word, int index, List<String> tables) {
    return tables.stream()
        .map(table -> new ArrayList<>(List.of(table.split("_+"))))
        .allMatch(words -> words.size() > index + 1 && words.get(index).equals(word));
  }

  /** The first sentence of a description, without its end. */
  static String firstSentence(String description) {
    return oneLine(description).split("[.!?](?= |$)", 2)[0];
  }

  /** A text of the contract as part of one line. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
