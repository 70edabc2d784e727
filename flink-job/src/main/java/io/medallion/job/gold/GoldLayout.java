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
import java.io.Serializable;
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

  /** Offers an event to a part, if the event has the part's value. */
  interface Pick {
    void offer(EventRecord event, PickedValue picked);
  }

  /** Names of the parts, a list a kind; {@code picks} are those of {@link PickedValue}. */
  record Names(
      List<String> sums,
      List<String> extremes,
      List<String> counts,
      List<String> vectors,
      List<String> texts,
      List<String> picks)
      implements Serializable {

    static final int KINDS = 6;

    Names {
      sums = List.copyOf(sums);
      extremes = List.copyOf(extremes);
      counts = List.copyOf(counts);
      vectors = List.copyOf(vectors);
      texts = List.copyOf(texts);
      picks = List.copyOf(picks);
    }

    static Names of(List<List<String>> kinds) {
      return new Names(
          kinds.get(0), kinds.get(1), kinds.get(2), kinds.get(3), kinds.get(4), kinds.get(5));
    }

    List<List<String>> kinds() {
      return List.of(sums, extremes, counts, vectors, texts, picks);
    }

    /** The parts that are not in the other names. */
    Set<String> without(Names other) {
      Set<String> missing = new LinkedHashSet<>();
      kinds().forEach(missing::addAll);
      other.kinds().forEach(missing::removeAll);
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

  final Pick[] picks;

  /** The parts that all columns of some tables can be told from. */
  static Names names(Contract contract, List<GoldTable> tables) {
    List<List<String>> kinds = new ArrayList<>();
    for (int i = 0; i < Names.KINDS; i++) {
      kinds.add(new ArrayList<>());
    }
    for (GoldTable table : tables) {
      for (GoldTable.Column column : table.columns()) {
        String part = part(contract, column.aggregate());
        List<String> kind = kinds.get(kind(column.aggregate().function()));
        if (!part.isEmpty() && !kind.contains(part)) {
          kind.add(part);
        }
      }
    }
    return Names.of(kinds);
  }

  /** The place of a kind of parts among {@link Names#kinds}. */
  private static int kind(Function function) {
    return switch (function) {
      case SUM, AVG -> 0;
      case MIN, MAX -> 1;
      case COUNT, COUNT_DISTINCT -> 2;
      case MEAN_DIRECTION, MEAN_COMPASS_POINT -> 3;
      case MOST_FREQUENT -> 4;
      case FIRST, LAST -> 5;
    };
  }

  GoldLayout(Contract contract, Names names) {
    this.names = names;
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
    picks = names.picks().stream().map(name -> pick(contract, name)).toArray(Pick[]::new);
  }

  /** The name of the part that an aggregate is told from; empty if it is no part of its own. */
  static String part(Contract contract, Aggregate aggregate) {
    List<String> columns = aggregate.arguments();
    Function function = aggregate.function();
    return switch (function) {
      case SUM, AVG -> SUM + columns.get(0);
      case MIN, MAX -> EXTREMES + columns.get(0);
      case MEAN_DIRECTION, MEAN_COMPASS_POINT -> VECTOR + String.join(",", columns);
      case MOST_FREQUENT -> TEXTS + columns.get(0);
      case COUNT -> columns.isEmpty() ? "" : COUNT + columns.get(0);
      case COUNT_DISTINCT -> "";
      case FIRST, LAST ->
          PickedValue.name(
              function == Function.LAST, contract.typeInGold(columns.get(0)), columns.get(0));
    };
  }

  private static Pick pick(Contract contract, String part) {
    String column = PickedValue.column(part);
    int index = contract.placeOf(column);
    return switch (contract.typeInGold(column)) {
      case STRING ->
          (event, picked) -> {
            Text text = text(index, event);
            if (text != null) {
              picked.offer(event, 0, text.value);
            }
          };
      case LONG, BOOLEAN, TIMESTAMP ->
          (event, picked) -> {
            if (event.integers[index] != EventRecord.ABSENT) {
              picked.offer(event, event.integers[index], null);
            }
          };
      case DOUBLE -> {
        EventNumber number = number(contract, column);
        yield (event, picked) -> {
          double value = number.of(event);
          if (!Double.isNaN(value)) {
            picked.offer(event, Double.doubleToLongBits(value), null);
          }
        };
      }
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
