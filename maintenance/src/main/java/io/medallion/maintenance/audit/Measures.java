package io.medallion.maintenance.audit;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;
import io.medallion.maintenance.lake.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of the events of a window so that the columns of some tables of gold can be
 * worked out anew: the parts of {@link WindowValues}, and where they are in rows of silver.
 *
 * <p>A mean of directions counts with the compass points where silver does not have the degrees,
 * and is as uncertain then as a point is wide. Other numbers of such directions are not known.
 */
final class Measures {

  private final List<String> numberColumns;
  private final List<String> countColumns;
  private final List<List<String>> vectorColumns;
  private final List<String> textColumns;
  private final List<Aggregate> pickAggregates;

  final SilverRow.NumberOf[] numbers;
  final int[] counts;
  final Vector[] vectors;
  final int[] texts;
  final Pick[] picks;

  /** Which event's value counts, and how it is read. */
  record Pick(boolean isLast, java.util.function.Function<RowCursor, Object> value) {}

  /**
   * A speed and a direction.
   *
   * @param tolerance how many degrees the direction may be off
   */
  record Vector(SilverRow.NumberOf speed, SilverRow.NumberOf direction, double tolerance) {}

  Measures(SilverRow silver, List<GoldTable> tables) {
    Set<String> numberNames = new LinkedHashSet<>();
    Set<String> countNames = new LinkedHashSet<>();
    Set<List<String>> vectorNames = new LinkedHashSet<>();
    Set<String> textNames = new LinkedHashSet<>();
    Set<Aggregate> pickNames = new LinkedHashSet<>();
    for (Aggregate aggregate : aggregates(tables)) {
      switch (aggregate.function()) {
        case SUM, AVG, MIN, MAX -> numberNames.add(aggregate.arguments().get(0));
        case COUNT -> countNames.addAll(aggregate.arguments());
        case MEAN_DIRECTION, MEAN_COMPASS_POINT -> vectorNames.add(aggregate.arguments());
        case MOST_FREQUENT -> textNames.addAll(aggregate.arguments());
        case FIRST, LAST -> pickNames.add(aggregate);
        case COUNT_DISTINCT -> {}
      }
    }
    numberNames.removeIf(name -> silver.number(name).isEmpty());
    vectorNames.removeIf(names -> silver.number(names.get(0)).isEmpty());
    pickNames.removeIf(pick -> silver.valueInGold(pick.arguments().get(0)).isEmpty());
    numberColumns = List.copyOf(numberNames);
    countColumns = List.copyOf(countNames);
    vectorColumns = List.copyOf(vectorNames);
    textColumns = List.copyOf(textNames);
    numbers =
        numberColumns.stream()
            .map(name -> silver.number(name).orElseThrow())
            .toArray(SilverRow.NumberOf[]::new);
    counts = countColumns.stream().mapToInt(silver::place).toArray();
    vectors =
        vectorColumns.stream()
            .map(names -> vector(silver, names.get(0), names.get(1)))
            .toArray(Vector[]::new);
    pickAggregates = List.copyOf(pickNames);
    picks = pickAggregates.stream().map(pick -> pick(silver, pick)).toArray(Pick[]::new);
    texts = textColumns.stream().mapToInt(silver::place).toArray();
  }

  private static List<Aggregate> aggregates(List<GoldTable> tables) {
    List<Aggregate> aggregates = new ArrayList<>();
    tables.forEach(table -> table.columns().forEach(column -> aggregates.add(column.aggregate())));
    return aggregates;
  }

  private static Pick pick(SilverRow silver, Aggregate aggregate) {
    return new Pick(
        aggregate.function() == Function.LAST,
        silver.valueInGold(aggregate.arguments().get(0)).orElseThrow());
  }

  private static Vector vector(SilverRow silver, String speed, String direction) {
    SilverRow.NumberOf point = row -> CompassPoints.degrees(row.text(silver.place(direction)));
    Optional<SilverRow.NumberOf> degrees = silver.number(direction);
    return new Vector(
        silver.number(speed).orElseThrow(),
        degrees.orElse(point),
        degrees.isPresent() ? 0 : CompassPoints.SECTOR / 2);
  }

  /** The place of a column among the numbers; −1 if its numbers are not known. */
  int number(String column) {
    return numberColumns.indexOf(column);
  }

  int count(String column) {
    return countColumns.indexOf(column);
  }

  /** −1 if the speeds are not known. */
  int vector(List<String> columns) {
    return vectorColumns.indexOf(columns);
  }

  int text(String column) {
    return textColumns.indexOf(column);
  }

  /** −1 if the values are not known. */
  int pick(Aggregate aggregate) {
    return pickAggregates.indexOf(aggregate);
  }
}
