package io.medallion.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindRoseTest {

  private final WindRose rose = new WindRose("km/h");

  @Test
  void aSectorIsCentredOnItsDirection() {
    rose.add(349, 20);
    rose.add(11, 20);
    rose.add(12, 20);

    assertThat(rose.counts()[0][1]).isEqualTo(2);
    assertThat(rose.counts()[1][1]).isEqualTo(1);
  }

  @Test
  void speedsAreCountedByForce() {
    for (double speed : new double[] {1, 11.9, 12, 28.9, 29, 49.9, 50, 120}) {
      rose.add(90, speed);
    }

    assertThat(rose.counts()[4]).containsExactly(2, 2, 2, 2);
  }

  @Test
  void aCalmHasNoDirection() {
    rose.add(90, 0.9);
    rose.add(Double.NaN, 5);

    assertThat(rose.calm()).isEqualTo(2);
    assertThat(rose.total()).isEqualTo(2);
  }

  @Test
  void classesOfSpeedAreToldInTheUnitOfTheSpeed() {
    WindRose metres = new WindRose("m/s");
    metres.add(90, 4);

    assertThat(metres.counts()[4]).containsExactly(0, 1, 0, 0);
    assertThat(metres.bounds()[0]).isEqualTo(12 / 3.6);
  }
}
