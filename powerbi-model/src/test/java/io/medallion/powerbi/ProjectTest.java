package io.medallion.powerbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.medallion.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProjectTest {

  private static final Path WEATHER = Path.of("../powerbi");

  /** Where {@code powerbi/checks} finds projects to check besides that of the weather. */
  private static final Path GENERATED = Path.of("target/projects");

  @Test
  void theModelOfTheRepositoryIsWhatTheWeathersContractMakes() throws IOException {
    Project project = Project.of(Contracts.weather());

    Map<String, String> expected = new TreeMap<>(project.files());
    Map<String, String> found = new TreeMap<>();
    for (String file : expected.keySet()) {
      found.put(file, Files.readString(WEATHER.resolve(file)));
    }
    try (Stream<Path> files = Files.walk(WEATHER.resolve(project.modelFolder()))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(WEATHER.relativize(file).toString(), Files.readString(file));
      }
    }
    assertThat(found)
        .as("Run './medallion powerbi --out powerbi', then powerbi/checks")
        .isEqualTo(expected);
  }

  @Test
  void theSameContractMakesTheSameProject() {
    assertThat(Project.of(Contracts.harbour())).isEqualTo(Project.of(Contracts.harbour()));
  }

  @Test
  void theReportsHaveOneTheme() throws IOException {
    String theme =
        Project.of(Contracts.telemetry())
            .report()
            .get("Telemetry.Report/StaticResources/RegisteredResources/Medallion.json");
    String weathers =
        Files.readString(
            WEATHER.resolve("Weather.Report/StaticResources/RegisteredResources/Weather.json"));

    assertThat(theme)
        .isEqualTo(weathers.replace("\"name\": \"Weather\"", "\"name\": \"Medallion\""));
  }

  /** What Power BI would say of them is checked in {@code powerbi/checks}. */
  @TestFactory
  Stream<DynamicTest> projectsAreThereForTheChecks() {
    return Stream.of(Contracts.weather(), Contracts.telemetry(), Contracts.harbour())
        .map(
            contract ->
                DynamicTest.dynamicTest(contract.name(), () -> writeForTheChecks(contract)));
  }

  private static void writeForTheChecks(Contract contract) throws IOException {
    Path folder = GENERATED.resolve(contract.name());
    Project project = Project.of(contract);

    delete(folder);

    assertThat(new ProjectFolder(folder).write(project)).isTrue();

    Files.writeString(
        folder.resolve("lake-schema.json"),
        new ObjectMapper().writeValueAsString(LakeSchema.of(contract)) + "\n");
    assertThat(folder.resolve(project.reportFolder())).isNotEmptyDirectory();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
