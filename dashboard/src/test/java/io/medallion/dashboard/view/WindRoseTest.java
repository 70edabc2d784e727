package io.medallion.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindRoseTest {

  private final WindRose rose = new WindRose();

  @Test
  void aSectorIsCentredOnItsDirection() {
    rose.add(wind(20, 349));
    rose.add(wind(20, 11));
    rose.add(wind(20, 12));

    assertThat(rose.counts()[0][1]).isEqualTo(2);
    assertThat(rose.counts()[1][1]).isEqualTo(1);
  }

  @Test
  void speedsAreCountedByForce() {
    for (double speed : new double[] {1, 11.9, 12, 28.9, 29, 49.9, 50, 120}) {
      rose.add(wind(speed, 90));
    }

    assertThat(rose.counts()[4]).containsExactly(2, 2, 2, 2);
  }

  @Test
  void aCalmHasNoDirection() {
    rose.add(wind(0.9, 90));
    rose.add(new Reading(0, 1, 0, 0, 0, 0, 5, 5, 0, 0, 0));

    assertThat(rose.calm()).isEqualTo(2);
    assertThat(rose.total()).isEqualTo(2);
  }

  private static Reading wind(double speed, double direction) {
    double angle = Math.toRadians(direction);
    return new Reading(
        0, 1, 0, 0, 0, 0, speed, speed, 0, speed * Math.sin(angle), speed * Math.cos(angle));
  }
}
