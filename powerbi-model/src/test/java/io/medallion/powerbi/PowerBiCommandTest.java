package io.medallion.powerbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerBiCommandTest {

  private CommandRun run;
  @TempDir private Path folder;

  @Test
  void aContractThatShipsIsNamedAndAnyOtherIsAFile() throws IOException {
    Path file = folder.resolve("my.yaml");
    Files.writeString(
        file, Contracts.telemetry().text().replace("contract: telemetry", "contract: my-devices"));

    assertThat(run("--contract", "telemetry", "--out", folder.toString())).isZero();
    assertThat(run("--contract", file.toString(), "--out", folder.toString())).isZero();

    assertThat(folder.resolve("Telemetry.pbip")).isRegularFile();
    assertThat(folder.resolve("My devices.SemanticModel/definition/tables/Telemetry by type.tmdl"))
        .isRegularFile();
    assertThat(folder.resolve("My devices.Report/definition.pbir")).isRegularFile();
  }

  @Test
  void aReportThatIsThereIsLeftAndTheModelIsWrittenAnew() throws IOException {
    Path report = folder.resolve("Telemetry.Report/mine.json");
    Path model = folder.resolve("Telemetry.SemanticModel/definition/model.tmdl");
    Files.createDirectories(report.getParent());
    Files.createDirectories(model.getParent());
    Files.writeString(report, "mine");
    Files.writeString(model, "old");

    assertThat(run("--contract", "telemetry", "--out", folder.toString())).isZero();

    assertThat(report.getParent()).isDirectoryContaining(file -> file.equals(report));
    assertThat(report.resolveSibling("definition.pbir")).doesNotExist();
    assertThat(model).content().startsWith("/// Measurements of simulated devices");
    assertThat(run.out()).contains("Telemetry.Report was there: it is left as it is.");
  }

  @Test
  void tablesThatTheContractDoesNotHaveAreNamedAndNotDeleted() throws IOException {
    Path table = folder.resolve("Telemetry.SemanticModel/definition/tables/Mine.tmdl");
    Files.createDirectories(table.getParent());
    Files.writeString(table, "table Mine");

    assertThat(run("--contract", "telemetry", "--out", folder.toString())).isZero();

    assertThat(table).content().isEqualTo("table Mine");
    assertThat(run.out())
        .contains(
            "delete them if they are not yours: Telemetry.SemanticModel/definition/tables/Mine.tmdl");
  }

  @Test
  void wrongUseIsOneLineAndWritesNothing() throws IOException {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, "contract: broken\nversion: none\n");
    Path target = folder.resolve("out");

    assertThat(run("--contract", broken.toString(), "--out", target.toString())).isEqualTo(2);
    assertThat(run.err()).startsWith("medallion powerbi: " + broken + ":2:10: ").hasLineCount(1);
    assertThat(run("--contract", "telemetry")).isEqualTo(2);
    assertThat(run.err()).contains("'--out=DIR'", "--help").hasLineCount(1);
    assertThat(run("--out", broken.toString())).isEqualTo(1);
    assertThat(run.err()).contains("can't be written", "broken.yaml").hasLineCount(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void whatIsNotOfferedIsSaid() throws IOException {
    Path file = folder.resolve("sensors.yaml");
    Files.writeString(
        file, Contracts.withGold("by_sensor: {by: sensorId, columns: {o: avg(optional)}}").text());

    assertThat(run("--contract", file.toString(), "--out", folder.toString())).isZero();

    assertThat(run.out()).contains("by_sensor.o is a mean of events that may have no value");
  }

  private int run(String... arguments) {
    run = CommandRun.of(new PowerBiCommand(), arguments);
    return run.exitCode();
  }
}
