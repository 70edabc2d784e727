package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.testing.SmallLake;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeOfOtherEventsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

  @TempDir Path folder;
  private SmallLake lake;

  @BeforeEach
  void create() {
    lake = new SmallLake(folder);
  }

  @Test
  void aLakeThatNamesNoContractHasTheTablesOfTheWeather() throws Exception {
    assertThat(lake.lake().tables()).isEqualTo(SmallLake.WEATHER);

    lake.events(DAY, 3);
    assertThat(lake.lake().tables()).isEqualTo(SmallLake.WEATHER);
  }

  @Test
  void theTablesAreThoseOfTheContractThatTheLakeNames() throws Exception {
    lake.property("medallion.contract", "telemetry");
    lake.events(DAY, 3);

    assertThat(lake.lake().tables().all())
        .extracting(TableDefinition::path)
        .containsExactly(
            "bronze",
            "silver",
            "quarantine",
            "late",
            "gaps",
            "gold/telemetry_by_device",
            "gold/telemetry_by_type",
            "gold/telemetry_summary");
    assertThat(lake.lake().open().definitions().contract().name()).isEqualTo("telemetry");
  }

  @Test
  void theTextThatTheLakeHasCountsAndNotTheContractThatShips() throws Exception {
    Contract shipped = ContractReader.shipped("telemetry").orElseThrow();
    lake.property("medallion.contract", "telemetry");
    lake.property(
        "medallion.contract.text", shipped.text().replace("telemetry_by_type", "by_type"));
    lake.events(DAY, 3);

    assertThat(lake.lake().tables().ofPath("gold/by_type")).isPresent();
  }

  @Test
  void aContractThatIsNotKnownIsNamed() throws Exception {
    lake.property("medallion.contract", "devices");
    lake.events(DAY, 3);

    assertThatThrownBy(() -> lake.lake().open())
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("'devices'");
  }
}
