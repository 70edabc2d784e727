package io.medallion.powerbi;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.GoldTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Contracts for tests. */
public final class Contracts {

  private Contracts() {}

  public static Contract weather() {
    return ContractReader.standard();
  }

  public static Contract telemetry() {
    return ContractReader.shipped("telemetry").orElseThrow();
  }

  /** One with all that is difficult. */
  static Contract harbour() {
    return ContractReader.read(Path.of("src/test/resources/harbour.yaml"));
  }

  /** A contract of sensors with a required and an optional value. */
  public static Contract withGold(String gold) {
    return ContractReader.read(
        "test.yaml",
        """
        contract: sensors
        version: 1
        event:
          key: {column: sensorId, from: [field sensorId]}
          time: {from: [field at], format: iso}
        fields:
          level: {type: double, unit: cm, required: true}
          optional: {type: double}
          kind: {type: string}
        silver:
          feet: {as: 'plus(level, level)'}
          doubtful: {as: 'ratio(level, level)'}
        gold:
        """
            + gold.indent(2));
  }

  /** The same contract with other windows. */
  public static Contract withWindows(Contract contract, Duration... windows) {
    List<GoldTable> gold = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      GoldTable table = contract.gold().get(i);
      gold.add(new GoldTable(table.name(), Optional.of(windows[i]), table.by(), table.columns()));
    }
    return new Contract(
        contract.name(),
        contract.version(),
        contract.description(),
        contract.event(),
        contract.fields(),
        contract.rules(),
        contract.silver(),
        gold,
        contract.text());
  }
}
