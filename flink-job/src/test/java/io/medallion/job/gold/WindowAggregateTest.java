package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medallion.job.event.CompassPoint;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.testing.Weather;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowAggregateTest {

  @Test
  void doesNotDependOnOrderOrParts() {
    Random random = new Random(5);
    List<WeatherRecord> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      events.add(randomEvent(random));
    }
    WindowAggregate once = merged(List.of(events));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      int cut = random.nextInt(events.size());
      WindowAggregate again =
          merged(List.of(events.subList(0, cut), events.subList(cut, events.size())));
      assertThat(again).usingRecursiveComparison().isEqualTo(once);
    }
  }

  @Test
  void inventedConditionsFillNoMemoryAndTheSameCountHoweverTheyWereSplit() {
    Random random = new Random(6);
    List<WeatherRecord> events = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      WeatherRecord event = Weather.event("a", 5);
      event.conditions = new Text("c" + (i < 2000 ? i : random.nextInt(2000)));
      events.add(event);
    }
    WindowAggregate once = merged(List.of(events));
    assertThat(once.conditions).hasSize(WindowAggregate.MAX_CONDITIONS);
    assertThat(once.eventsWithoutCondition()).isBetween(3000L, 4999L);
    once.conditions.forEach(
        (condition, count) ->
            assertThat(events.stream().filter(e -> e.conditions.value.equals(condition)).count())
                .isEqualTo(count));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(events, random);
      int cut = random.nextInt(events.size());
      WindowAggregate again =
          merged(List.of(events.subList(0, cut), events.subList(cut, events.size())));
      assertThat(again).usingRecursiveComparison().ignoringFields("lastCondition").isEqualTo(once);
    }
  }

  private static WeatherRecord randomEvent(Random random) {
    WeatherRecord event = Weather.event("a", 5);
    event.temperature = random.nextDouble(-90, 70);
    event.windSpeed = random.nextDouble(270);
    Weather.blow(event, random.nextDouble(360));
    event.precipitation = random.nextInt(2000) / 10.0;
    event.conditions = new Text("c" + random.nextInt(5));
    return event;
  }

  private static WindowAggregate merged(List<List<WeatherRecord>> parts) {
    StationMerge merge = new StationMerge();
    WindowAggregate accumulator = merge.createAccumulator();
    for (List<WeatherRecord> events : parts) {
      WindowAggregate part = new WindowAggregate("a", 0, 10);
      events.forEach(part::add);
      if (!events.isEmpty()) {
        accumulator = merge.add(part, accumulator);
      }
    }
    return merge.getResult(accumulator);
  }

  @Test
  void addsValuesOfUpToSixDecimalsExactly() {
    WindowAggregate aggregate = new WindowAggregate("a", 0, 10);
    for (int i = 0; i < 10; i++) {
      WeatherRecord event = Weather.event("a", 5);
      event.temperature = 0.1;
      event.precipitation = 0.000001;
      aggregate.add(event);
    }

    assertThat(FixedPoint.average(aggregate.temperatureSum, 10)).isEqualTo(0.1);
    assertThat(FixedPoint.toDouble(aggregate.precipitationSum)).isEqualTo(0.00001);
  }

  @Test
  void holdsEveryValueOfThreeDecimalsExactly() {
    for (int thousandths = -90_000; thousandths <= 270_000; thousandths++) {
      double value = thousandths / 1000.0;
      assertThat(FixedPoint.toDouble(FixedPoint.of(value))).isEqualTo(value);
    }
  }

  @Test
  void theSummaryCountsStationsAndAddsTheirEvents() {
    SummaryMerge merge = new SummaryMerge();
    WindowAggregate all = merge.createAccumulator();
    all = merge.add(merged(List.of(List.of(Weather.event("a", 1), Weather.event("a", 2)))), all);
    all = merge.add(merged(List.of(List.of(Weather.event("a", 3)))), all);

    assertThat(all.stationCount).isEqualTo(2);
    assertThat(all.eventCount).isEqualTo(3);
    assertThat(all.windowEnd).isEqualTo(10);
    assertThat(all.stationId).isNull();
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
    assertThat(wind(winds).meanWindDirection()).isCloseTo(degrees, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"N 0", "N 10 S 10", "NE 7.3 SW 7.3", "N 5 E 5 S 5 W 5", "NNE 1 ENE 0 SSW 1"})
  void calmOrOpposedWindsHaveNoDirection(String winds) {
    assertThat(wind(winds).meanWindDirection()).isNaN();
  }

  /** Of a compass point, or as given. */
  private static double degrees(String direction) {
    return Character.isDigit(direction.charAt(0))
        ? Double.parseDouble(direction)
        : CompassPoint.valueOf(direction).degrees();
  }

  private static WindowAggregate wind(String winds) {
    String[] parts = winds.split(" ", -1);
    WindowAggregate aggregate = new WindowAggregate("a", 0, 10);
    for (int i = 0; i < parts.length; i += 2) {
      WeatherRecord event = Weather.event("a", 5);
      Weather.blow(event, degrees(parts[i]));
      event.windSpeed = Double.parseDouble(parts[i + 1]);
      aggregate.add(event);
    }
    return aggregate;
  }

  @ParameterizedTest
  @CsvSource({"Sunny Rain Rain, Rain", "Sunny Rain, Rain", "b a c, a", "x, x"})
  void theMostFrequentConditionPrevailsAndTiesGoByTheAlphabet(String conditions, String expected) {
    WindowAggregate aggregate = new WindowAggregate("a", 0, 10);
    for (String condition : conditions.split(" ", -1)) {
      WeatherRecord event = Weather.event("a", 5);
      event.conditions = new Text(condition);
      aggregate.add(event);
    }

    assertThat(aggregate.prevailingCondition()).isEqualTo(expected);
  }
}
