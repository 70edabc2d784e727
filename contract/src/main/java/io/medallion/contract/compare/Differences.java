package io.medallion.contract.compare;

import io.medallion.contract.Literals;
import io.medallion.contract.TimeFormat;
import io.medallion.contract.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects differences, and puts values that differ into words. */
final class Differences {

  private final List<Difference> all = new ArrayList<>();

  List<Difference> all() {
    return List.copyOf(all);
  }

  void add(Kind kind, String place, String change) {
    all.add(new Difference(kind, place, change, List.of()));
  }

  /** New rows follow another rule; these tables have rows by the old one. */
  void restating(String place, String change, List<String> replay) {
    all.add(new Difference(Kind.RESTATING, place, change, replay));
  }

  /** Adds a value that differs; of a kind that needs no replay. */
  void compare(Kind kind, String place, String name, Optional<?> old, Optional<?> next) {
    if (!old.equals(next)) {
      add(kind, place, words(name, old, next));
    }
  }

  /** Adds a text for people that differs; an empty one is none. */
  void text(Kind kind, String place, String name, String old, String next) {
    compare(kind, place, name, given(old), given(next));
  }

  /** Adds a value that differs, by which rows that are there would be others. */
  void compareRestating(
      String place, String name, Optional<?> old, Optional<?> next, List<String> replay) {
    if (!old.equals(next)) {
      restating(place, words(name, old, next), replay);
    }
  }

  /**
   * Adds a tolerance that differs: rows that are there stay right when it is given, not when it is
   * taken away.
   */
  void tolerance(String place, String name, boolean old, boolean next, List<String> replay) {
    if (!old && next) {
      add(Kind.ADDITIVE, place, name + " is tolerated now");
    } else if (old && !next) {
      restating(place, name + " is tolerated no more", replay);
    }
  }

  /**
   * Adds places that differ: another one after those of before leaves rows that are there right.
   */
  void places(String place, String name, List<?> old, List<?> next, List<String> replay) {
    if (isContinued(old, next)) {
      add(Kind.ADDITIVE, place, words(name, Optional.of(old), Optional.of(next)));
    } else {
      compareRestating(place, name, Optional.of(old), Optional.of(next), replay);
    }
  }

  /**
   * Adds values that differ.
   *
   * @param wereInvalid whether rows that are there have none of those that are added
   */
  void literals(
      String place,
      String name,
      Literals old,
      Literals next,
      boolean wereInvalid,
      List<String> replay) {
    Optional<?> before = given(old);
    Optional<?> after = given(next);
    if (wereInvalid && next.written().containsAll(old.written())) {
      compare(Kind.ADDITIVE, place, name, before, after);
    } else {
      compareRestating(place, name, before, after, replay);
    }
  }

  private static Optional<List<String>> given(Literals literals) {
    return Optional.of(literals.written().stream().sorted().toList())
        .filter(some -> !some.isEmpty());
  }

  /** Adds a format of times that differs: one that takes more leaves rows that are there right. */
  void format(String place, TimeFormat old, TimeFormat next, List<String> replay) {
    Optional<String> text = Optional.of(next.text());
    if (next.includes(old)) {
      compare(Kind.ADDITIVE, place, "format", Optional.of(old.text()), text);
    } else {
      compareRestating(place, "format", Optional.of(old.text()), text, replay);
    }
  }

  /** Whether the new list is the old one, and more after it. */
  static boolean isContinued(List<?> old, List<?> next) {
    return next.size() > old.size() && next.subList(0, old.size()).equals(old);
  }

  private static String words(String name, Optional<?> old, Optional<?> next) {
    if (old.isEmpty()) {
      return "%s is %s now; there was none".formatted(name, next.orElseThrow());
    }
    return next.isEmpty()
        ? "there is no %s any more; it was %s".formatted(name, old.get())
        : "%s %s is %s now".formatted(name, old.get(), next.get());
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty());
  }
}
