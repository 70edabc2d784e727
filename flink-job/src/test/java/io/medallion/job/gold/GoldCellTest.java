package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.testing.WeatherEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldCellTest {

  private static final Contract WEATHER = ContractReader.standard();
  private static final GoldLayout LAYOUT = GoldCells.layout(WEATHER);

  @Test
  void doesNotDependOnOrderOrParts() {
    Random random = new Random(5);
    List<EventRecord> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      events.add(randomEvent(random));
    }
    GoldCell once = merged(List.of(events));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      int cut = random.nextInt(events.size());
      GoldCell again = merged(List.of(events.subList(0, cut), events.subList(cut, events.size())));
      assertThat(again).usingRecursiveComparison().isEqualTo(once);
    }
  }

  @Test
  void inventedConditionsFillNoMemoryAndTheSameCountHoweverTheyWereSplit() {
    Random random = new Random(6);
    List<EventRecord> events = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      EventRecord event = WeatherEvents.event("a", 5);
      event.texts[WeatherEvents.CONDITIONS] = new Text("c" + (i < 2000 ? i : random.nextInt(2000)));
      events.add(event);
    }
    GoldCell once = merged(List.of(events));
    assertThat(once.texts[0].counts()).hasSize(TextCounts.MAX_TEXTS);
    assertThat(once.uncountedTexts()).isBetween(3000L, 4999L);
    once.texts[0]
        .counts()
        .forEach(
            (condition, count) ->
                assertThat(
                        events.stream()
                            .filter(e -> e.texts[WeatherEvents.CONDITIONS].value.equals(condition))
                            .count())
                    .isEqualTo(count));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      int cut = random.nextInt(events.size());
      GoldCell again = merged(List.of(events.subList(0, cut), events.subList(cut, events.size())));
      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes("texts.last")
          .isEqualTo(once);
    }
  }

  private static EventRecord randomEvent(Random random) {
    EventRecord event = WeatherEvents.event("a", 5);
    event.numbers[WeatherEvents.TEMPERATURE] = random.nextDouble(-90, 70);
    event.numbers[WeatherEvents.WIND_SPEED] = random.nextDouble(270);
    WeatherEvents.blow(event, random.nextDouble(360));
    event.numbers[WeatherEvents.PRECIPITATION] = random.nextInt(2000) / 10.0;
    event.texts[WeatherEvents.CONDITIONS] = new Text("c" + random.nextInt(5));
    return event;
  }

  private static GoldCell merged(List<List<EventRecord>> parts) {
    CellMerge merge = CellMerge.ofKey(LAYOUT.names());
    GoldState accumulator = merge.createAccumulator();
    for (List<EventRecord> events : parts) {
      if (!events.isEmpty()) {
        accumulator = merge.add(part(events), accumulator);
      }
    }
    return (GoldCell) merge.getResult(accumulator);
  }

  private static GoldCell part(List<EventRecord> events) {
    GoldCell part = new GoldCell(LAYOUT.names(), "a", 0, 10);
    events.forEach(event -> part.add(event, LAYOUT));
    return part;
  }

  @Test
  void addsValuesOfUpToSixDecimalsExactly() {
    GoldCell aggregate = new GoldCell(LAYOUT.names(), "a", 0, 10);
    for (int i = 0; i < 10; i++) {
      EventRecord event = WeatherEvents.event("a", 5);
      event.numbers[WeatherEvents.TEMPERATURE] = 0.1;
      event.numbers[WeatherEvents.PRECIPITATION] = 0.000001;
      aggregate.add(event, LAYOUT);
    }

    assertThat(FixedPoint.average(WideSum.millionths(aggregate.sums, 0), 10)).isEqualTo(0.1);
    assertThat(FixedPoint.toDouble(WideSum.millionths(aggregate.sums, 3))).isEqualTo(0.00001);
  }

  @Test
  void holdsEveryValueOfThreeDecimalsExactly() {
    for (int thousandths = -90_000; thousandths <= 270_000; thousandths++) {
      double value = thousandths / 1000.0;
      assertThat(FixedPoint.toDouble((double) FixedPoint.of(value))).isEqualTo(value);
    }
  }

  @Test
  void theSummaryCountsStationsAndAddsTheirEvents() {
    CellMerge merge = CellMerge.ofAll(LAYOUT.names());
    GoldState sum = merge.createAccumulator();
    sum =
        merge.add(
            merged(List.of(List.of(WeatherEvents.event("a", 1), WeatherEvents.event("a", 2)))),
            sum);
    GoldCell all = (GoldCell) merge.add(merged(List.of(List.of(WeatherEvents.event("a", 3)))), sum);

    assertThat(all.keyCount).isEqualTo(2);
    assertThat(all.eventCount).isEqualTo(3);
    assertThat(all.windowEnd).isEqualTo(10);
    assertThat(all.key).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "N 10, 0",
    "360 10, 0",
    "217.3 4, 217.3",
    "10 1 20 1, 15",
    "350 7 20 7, 5",
    "E 10, 90",
    "NNW 1, 337.5",
    "N 10 E 10, 45",
    "NW 10 NE 10, 0",
    "N 30 E 10, 18.43494882292201",
    "NNW 5 NNE 5, 0",
    "S 1 S 2, 180"
  })
  void meanWindIsAVectorMeanWeightedBySpeed(String winds, double degrees) {
    assertThat(wind(winds).meanDirection(0)).isCloseTo(degrees, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"N 0", "N 10 S 10", "NE 7.3 SW 7.3", "N 5 E 5 S 5 W 5", "NNE 1 ENE 0 SSW 1"})
  void calmOrOpposedWindsHaveNoDirection(String winds) {
    assertThat(wind(winds).meanDirection(0)).isNaN();
  }

  /** Of a compass point, or as given. */
  private static double degrees(String direction) {
    return Character.isDigit(direction.charAt(0))
        ? Double.parseDouble(direction)
        : CompassPoint.valueOf(direction).degrees();
  }

  private static GoldCell wind(String winds) {
    String[] parts = winds.split(" ", -1);
    GoldCell aggregate = new GoldCell(LAYOUT.names(), "a", 0, 10);
    for (int i = 0; i < parts.length; i += 2) {
      EventRecord event = WeatherEvents.event("a", 5);
      WeatherEvents.blow(event, degrees(parts[i]));
      event.numbers[WeatherEvents.WIND_SPEED] = Double.parseDouble(parts[i + 1]);
      aggregate.add(event, LAYOUT);
    }
    return aggregate;
  }

  @ParameterizedTest
  @CsvSource({"Sunny Rain Rain, Rain", "Sunny Rain, Rain", "b a c, a", "x, x"})
  void theMostFrequentConditionPrevailsAndTiesGoByTheAlphabet(String conditions, String expected) {
    GoldCell aggregate = new GoldCell(LAYOUT.names(), "a", 0, 10);
    for (String condition : conditions.split(" ", -1)) {
      EventRecord event = WeatherEvents.event("a", 5);
      event.texts[WeatherEvents.CONDITIONS] = new Text(condition);
      aggregate.add(event, LAYOUT);
    }

    assertThat(aggregate.texts[0].mostFrequent()).isEqualTo(expected);
  }

  @Test
  void sumsBeyondALongAreExact() {
    long[] sums = new long[2];
    long greatest = FixedPoint.of(9e12);
    for (int i = 0; i < 1000; i++) {
      WideSum.add(sums, 0, greatest);
    }
    assertThat(WideSum.millionths(sums, 0)).isEqualTo(9e21);
    for (int i = 0; i < 2001; i++) {
      WideSum.add(sums, 0, -greatest);
    }
    assertThat(WideSum.millionths(sums, 0)).isEqualTo(-9.009e21);
    for (int i = 0; i < 1001; i++) {
      WideSum.add(sums, 0, greatest);
    }
    assertThat(sums).containsExactly(0, 0);
    WideSum.add(sums, 0, 1e18);
    WideSum.add(sums, 0, 0.000001);
    assertThat(WideSum.millionths(sums, 0)).isEqualTo(1e24);
    WideSum.add(sums, 0, -1e18);
    assertThat(sums).containsExactly(1, 0);
    WideSum.add(sums, 0, -1e13);
    WideSum.add(sums, 0, -0.000001);
    assertThat(FixedPoint.toDouble(WideSum.millionths(sums, 0))).isEqualTo(-1e13);
  }
}
