package io.medallion.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelTest {

  private static final List<Combination> COMBINATIONS =
      List.of(
          Combination.MEAN,
          Combination.LEAST,
          Combination.GREATEST,
          Combination.MEAN,
          Combination.SUM,
          Combination.MEAN,
          Combination.MEAN);

  private final Level minutes = new Level(60, COMBINATIONS);

  @Test
  void windowsOfOneBucketAreCombinedByTheirNumberOfEvents() {
    minutes.add(reading(120, 1, 10, 4));
    minutes.add(reading(150, 3, 20, 8));

    assertThat(read(0, 1_000))
        .singleElement()
        .satisfies(
            bucket -> {
              assertThat(bucket.startSeconds()).isEqualTo(120);
              assertThat(bucket.events()).isEqualTo(4);
              assertThat(bucket.value(0)).isEqualTo(17.5, within(1e-5));
              assertThat(bucket.value(1)).isEqualTo(9);
              assertThat(bucket.value(2)).isEqualTo(21);
              assertThat(bucket.value(3)).isEqualTo(7, within(1e-5));
              assertThat(bucket.value(4)).isEqualTo(1, within(1e-5));
              assertThat(bucket.direction(5)).isEqualTo(90, within(1e-3));
            });
  }

  @Test
  void windowsComeInAnyOrderAndAreReadInTheOrderOfTime() {
    minutes.add(reading(300, 1, 3, 1));
    minutes.add(reading(60, 1, 1, 1));
    minutes.add(reading(180, 1, 2, 1));

    assertThat(read(60, 300)).extracting(Reading::startSeconds).containsExactly(60L, 180L);
  }

  @Test
  void onlyTheNewestBucketsAreKept() {
    for (long minute = 0; minute < 3 * Level.BUCKETS; minute++) {
      minutes.add(reading(minute * 60, 1, (double) minute, 1));
    }
    minutes.add(reading(0, 1, 99, 1));

    List<Reading> all = read(0, Long.MAX_VALUE / 2);
    assertThat(all).hasSize(Level.BUCKETS);
    assertThat(all.get(0).value(0)).isEqualTo(2 * Level.BUCKETS);
    assertThat(minutes.reaches(2L * Level.BUCKETS * 60)).isTrue();
    assertThat(minutes.reaches((2L * Level.BUCKETS - 1) * 60)).isFalse();
  }

  @Test
  void aGapIsNotFilledWithWhatWasThereBefore() {
    minutes.add(reading(0, 1, 1, 1));
    minutes.add(reading(60L * (Level.BUCKETS + 5), 1, 2, 1));

    assertThat(read(0, Long.MAX_VALUE / 2)).hasSize(1);
  }

  @Test
  void aRangeThatOneLevelDoesNotReachIsReadFromACoarserOne() {
    Series series = new Series(Resolutions.of(300), COMBINATIONS);
    for (long window = 0; window < 2_000; window++) {
      series.add(reading(window * 300, 1, 1, 1));
    }
    long end = 2_000 * 300;

    assertThat(series.level(end - 3_600, end, 720).width()).isEqualTo(300);
    assertThat(series.level(end - 3_600, end, 10).width()).isEqualTo(3_600);
    assertThat(series.level(0, 3_600, 720).width()).isEqualTo(3_600);
  }

  @Test
  void theCoarsestResolutionReachesBackThirtyDays() {
    assertThat(Resolutions.of(300)).containsExactly(300, 3_600);
    assertThat(Resolutions.of(10)).containsExactly(10, 120, 1_440, 3_600);
    assertThat(Resolutions.of(7_200)).containsExactly(7_200);
    assertThat(3_600L * Level.BUCKETS).isEqualTo(30L * 24 * 3_600);
  }

  private List<Reading> read(long from, long to) {
    List<Reading> readings = new ArrayList<>();
    minutes.read(from, to, readings::add);
    return readings;
  }

  /** Wind from the east, half a millimetre of rain. */
  private static Reading reading(long start, long events, double temperature, double wind) {
    float value = (float) temperature;
    return new Reading(
        start,
        events,
        new float[] {value, value - 1, value + 1, (float) wind, 0.5f, (float) wind, 0});
  }

  @Test
  void aWindowWithoutAValueLeavesThatOfTheOthers() {
    minutes.add(reading(60, 1, Double.NaN, 1));
    minutes.add(reading(70, 1, 5, 1));
    minutes.add(reading(80, 1, Double.NaN, 1));

    assertThat(read(0, 1_000).get(0).value(0)).isEqualTo(5);
    assertThat(read(0, 1_000).get(0).value(2)).isEqualTo(6);
  }
}
