package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.job.config.ConfigException;
import io.medallion.maintenance.testing.SmallLake;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeOfOtherEventsTest {

  @TempDir Path folder;

  @Test
  void aLakeOfAnotherContractIsNotTakenForOneOfTheWeather() throws Exception {
    SmallLake lake = new SmallLake(folder);
    lake.property("medallion.contract", "telemetry");
    lake.events(LocalDate.of(2026, 11, 25), 3);

    assertThatThrownBy(() -> lake.lake().open())
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            "has events of the contract 'telemetry', and this command knows those of the weather only");
  }
}
