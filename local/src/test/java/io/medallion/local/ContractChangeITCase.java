package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.dashboard.Dashboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A field more in the weather: one file changes, a few lines of it, and what runs goes on from
 * where it stopped.
 */
class ContractChangeITCase {

  private static final int EVENTS = 600;

  @TempDir private static Path made;
  private static Path contract;
  private static List<String> before;
  private static List<String> after;
  private static String told;
  private static ContractLake hub;

  @TempDir private Path temp;

  @BeforeAll
  static void twoRuns() throws Exception {
    String weather = Files.readString(Path.of("..", "contracts", "weather.yaml"));
    contract = Files.writeString(made.resolve("weather.yaml"), weather);
    before = weather.lines().toList();
    Instant start = Instant.now().minusSeconds(240);
    hub = ContractLake.in(made);
    hub.run(contract.toString(), events(start, "}"));
    Files.writeString(contract, changed(weather));
    after = Files.readAllLines(contract);
    List<ContractLake.Sent> more =
        new ArrayList<>(events(start.plusSeconds(60), ", \"pressure\": 1013.5}"));
    more.addAll(events(start.plusSeconds(120), "}"));
    told = hub.run(contract.toString(), more);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static final String FIELD = "  pressure: {type: double, unit: hPa, range: [800, 1100]}\n";
  private static final String DERIVED = "  pressureShare: pressure / 1013.25\n";
  private static final String AVERAGE = "      pressure: avg(pressure)\n";
  private static final String TABLE =
      """
        pressure_total:
          window: 4 s
          columns: {pressure: avg(pressure)}
      """;

  private static String changed(String weather) {
    String counted = "      eventCount: count()\n";
    return weather
        .replace("version: 3", "version: 4")
        .replace("\nsilver:\n", FIELD + "\nsilver:\n" + DERIVED)
        .replace(counted, counted + AVERAGE)
        .concat(TABLE);
  }

  private static List<ContractLake.Sent> events(Instant start, String rest) {
    return Stream.iterate(0, i -> i + 1)
        .limit(EVENTS)
        .map(
            i ->
                "{\"stationId\": \"st-%d\", \"eventTime\": \"%s\", \"temperature\": %d.5, \"humidity\": 50, \"windSpeed\": 10, \"windDirection\": \"NW\", \"precipitation\": 0, \"conditions\": \"Clear\""
                    .formatted(i % 3, start.plusMillis(i * 40L), i % 30))
        .map(event -> new ContractLake.Sent(event.substring(15, 19), Map.of(), event + rest))
        .toList();
  }

  @Test
  void itIsAFewLinesOfOneFile() {
    Set<String> added = new HashSet<>(after);
    before.forEach(added::remove);
    assertThat(added).hasSize(7);
  }

  @Test
  void theAuditHoldsOverBothContracts() throws Exception {
    Audited audited = Audited.audit(new LakeCopy(hub.root()));

    audited.assertHolds();
    assertThat(audited.count("bronze-offsets", "rows")).isEqualTo(3 * EVENTS);
    assertThat(told)
        .contains(
            "The lake's contract has more. silver.pressure: the optional field is new",
            "The lake's contract has more. gold.pressure_total: the table is new")
        .doesNotContain("warning");
  }

  @Test
  void silverAndGoldHaveTheColumnsAndOlderRowsAreNull() throws Exception {
    LakeAssert lake = new LakeAssert(hub.root());
    assertThat(lake.values("silver", "pressure")).hasSize(EVENTS).containsOnly(1013.5);
    assertThat(lake.values("silver", "pressureShare"))
        .hasSize(EVENTS)
        .containsOnly(1013.5 / 1013.25);
    assertThat(lake.values("gold/weather_by_station", "pressure"))
        .isNotEmpty()
        .containsOnly(1013.5);
    assertThat(lake.values("gold/weather_summary", "pressure")).isNotEmpty().containsOnly(1013.5);
    assertThat(lake.values("gold/pressure_total", "pressure")).isNotEmpty().containsOnly(1013.5);
  }

  /** Though the windows behind have rows without any value. */
  @Test
  void aWindowThatTheAddedTableLosesIsMissed() throws Exception {
    LakeCopy lake = LakeCopy.of(hub.root(), temp.resolve("lake"));
    lake.removeNewest("gold/pressure_total", "pressure");

    Audited.audit(lake).assertBroken("gold-summary");
  }

  @Test
  void aContractThatTheTablesCannotHoldIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path other = temp.resolve("weather.yaml");
    Files.writeString(
        other, Files.readString(contract).replace("version: 4", "version: 5").replace(DERIVED, ""));
    try (MedallionProcess refused = hub.start(other.toString(), 1)) {
      assertThat(refused.awaitExit()).isEqualTo(2);
      assertThat(refused.err())
          .contains("does not go with the lake", "pressureShare: the column is removed");
    }
    Audited.audit(new LakeCopy(hub.root())).assertHolds();
  }

  @Test
  void theDashboardShowsTheMeasureInItsUnit() throws Exception {
    try (Dashboard dashboard =
        Dashboard.onLoopback(hub.root().toString(), 0, Duration.ofMillis(100))) {
      await()
          .until(
              () ->
                  ask(dashboard, "series?table=weather_summary&range=600")
                      .at("/values/pressure")
                      .toString()
                      .contains("1013.5"));
      assertThat(ask(dashboard, "contract").at("/tables/1/measures").toString())
          .contains(
              "\"name\":\"pressure\",\"kind\":\"avg\",\"of\":[\"pressure\"],\"unit\":\"hPa\"");
    }
  }

  private static JsonNode ask(Dashboard dashboard, String question) throws Exception {
    return new JsonMapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(dashboard.url() + "/api/v2/" + question))
                        .build(),
                    BodyHandlers.ofString())
                .body());
  }

  @Test
  void powerBisModelHasTheMeasure() throws Exception {
    Path project = temp.resolve("project");
    try (MedallionProcess powerBi =
        MedallionProcess.command(
            temp, "powerbi", "--contract", contract.toString(), "--out", project.toString())) {
      assertThat(powerBi.awaitExit()).as(powerBi::err).isZero();
    }
    try (Stream<Path> files = Files.walk(project)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".tmdl"))
                  .filter(ContractChangeITCase::namesPressure)
                  .map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)))
          .isNotEmpty();
    }
  }

  private static boolean namesPressure(Path file) {
    try {
      return Files.readString(file).contains("column pressure");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
