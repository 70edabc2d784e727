package io.medallion.job.gold;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Formula;
import io.medallion.contract.GoldTable;
import io.medallion.contract.expressions.ValueType;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.silver.DerivedValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What gold has to know of the events of a window, so that all columns of all tables can be told:
 * the parts of a {@link GoldCell}, by name, and where their values are in an event.
 *
 * <p>Names are part of the form that state has: a sum is {@code sum:temperature}.
 */
final class GoldLayout {

  static final String SUM = "sum:";
  static final String EXTREMES = "extremes:";
  static final String COUNT = "count:";
  static final String VECTOR = "vector:";
  static final String TEXTS = "texts:";

  /** A number of an event; NaN if it has none. */
  interface EventNumber {
    double of(EventRecord event);
  }

  /** Names of the parts, a list a kind. */
  record Names(
      List<String> sums,
      List<String> extremes,
      List<String> counts,
      List<String> vectors,
      List<String> texts) {

    Names {
      sums = List.copyOf(sums);
      extremes = List.copyOf(extremes);
      counts = List.copyOf(counts);
      vectors = List.copyOf(vectors);
      texts = List.copyOf(texts);
    }

    /** The parts that are not in the other names. */
    Set<String> without(Names other) {
      Set<String> missing = new LinkedHashSet<>();
      List.of(sums, extremes, counts, vectors, texts).forEach(missing::addAll);
      List.of(other.sums, other.extremes, other.counts, other.vectors, other.texts)
          .forEach(missing::removeAll);
      return missing;
    }
  }

  private final Names names;
  final EventNumber[] sums;
  final EventNumber[] extremes;
  final EventNumber[] counts;
  final EventNumber[] speeds;
  final EventNumber[] directions;

  /** The places of texts among an event's values; −1 for the key. */
  final int[] texts;

  GoldLayout(Contract contract) {
    Set<String> sumNames = new LinkedHashSet<>();
    Set<String> extremeNames = new LinkedHashSet<>();
    Set<String> countNames = new LinkedHashSet<>();
    Set<String> vectorNames = new LinkedHashSet<>();
    Set<String> textNames = new LinkedHashSet<>();
    for (GoldTable table : contract.gold()) {
      for (GoldTable.Column column : table.columns()) {
        String name = part(column.aggregate());
        switch (column.aggregate().function()) {
          case SUM, AVG -> sumNames.add(name);
          case MIN, MAX -> extremeNames.add(name);
          case MEAN_DIRECTION, MEAN_COMPASS_POINT -> vectorNames.add(name);
          case MOST_FREQUENT -> textNames.add(name);
          case COUNT -> {
            if (!name.isEmpty()) {
              countNames.add(name);
            }
          }
          case COUNT_DISTINCT -> {}
        }
      }
    }
    names =
        new Names(
            List.copyOf(sumNames),
            List.copyOf(extremeNames),
            List.copyOf(countNames),
            List.copyOf(vectorNames),
            List.copyOf(textNames));
    sums = numbers(contract, names.sums(), SUM);
    extremes = numbers(contract, names.extremes(), EXTREMES);
    counts = numbers(contract, names.counts(), COUNT);
    speeds = new EventNumber[names.vectors().size()];
    directions = new EventNumber[names.vectors().size()];
    for (int i = 0; i < speeds.length; i++) {
      String[] columns = names.vectors().get(i).substring(VECTOR.length()).split(",", 2);
      speeds[i] = number(contract, columns[0]);
      directions[i] = number(contract, columns[1]);
    }
    texts =
        names.texts().stream()
            .mapToInt(name -> contract.placeOf(name.substring(TEXTS.length())))
            .toArray();
  }

  /** The name of the part that an aggregate is told from; empty if it is no part of its own. */
  static String part(Aggregate aggregate) {
    List<String> columns = aggregate.arguments();
    Function function = aggregate.function();
    return switch (function) {
      case SUM, AVG -> SUM + columns.get(0);
      case MIN, MAX -> EXTREMES + columns.get(0);
      case MEAN_DIRECTION, MEAN_COMPASS_POINT -> VECTOR + String.join(",", columns);
      case MOST_FREQUENT -> TEXTS + columns.get(0);
      case COUNT -> columns.isEmpty() ? "" : COUNT + columns.get(0);
      case COUNT_DISTINCT -> "";
    };
  }

  private static EventNumber[] numbers(Contract contract, List<String> parts, String prefix) {
    return parts.stream()
        .map(name -> number(contract, name.substring(prefix.length())))
        .toArray(EventNumber[]::new);
  }

  /** A column of silver as a number; of one that has none, NaN where it is null, else 0. */
  private static EventNumber number(Contract contract, String column) {
    int index = contract.indexOf(column);
    if (index >= 0) {
      return value(contract.fields().get(index).type().valueType(), index);
    }
    Optional<Formula> formula = contract.derived(column).map(DerivedColumn::formula);
    if (formula.isEmpty()) {
      // The key is always there.
      return event -> 0;
    }
    if (formula.get() instanceof Formula.Call call) {
      DerivedValue value = new DerivedValue(contract, call);
      return event -> value.of(event.numbers);
    }
    return value(formula.get().type(), contract.placeOf(column));
  }

  private static EventNumber value(ValueType type, int place) {
    return switch (type) {
      case DOUBLE, LONG -> event -> event.numbers[place];
      case STRING -> event -> presence(event.texts[place] != null);
      case BOOLEAN, TIMESTAMP -> event -> presence(event.integers[place] != EventRecord.ABSENT);
    };
  }

  private static double presence(boolean isThere) {
    return isThere ? 0 : Double.NaN;
  }

  Names names() {
    return names;
  }

  /** The text of an event that a part counts; null if it has none. */
  static Text text(int place, EventRecord event) {
    return place < 0 ? event.group : event.texts[place];
  }

  /** The parts of new names in the places that they have in old ones; −1 for those not there. */
  static int[] places(List<String> of, List<String> in) {
    List<Integer> places = new ArrayList<>();
    for (String name : of) {
      places.add(in.indexOf(name));
    }
    return places.stream().mapToInt(i -> i).toArray();
  }
}
