package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cli.CommandRun;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.history.HistoryCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake of telemetry with copies, late events and such that are rejected: some of them only
 * because the job was told that values are 0 to 90.
 */
class TelemetryLakeITCase {

  private static final int EVENTS = 3_000;
  private static final int LATE_BY_SECONDS = 25;

  @TempDir private static Path made;
  private static long tooGreat;
  private static long copies;
  private static long broken;

  @TempDir private Path temp;
  private LakeCopy lake;

  @BeforeAll
  static void aRun() throws Exception {
    List<ContractLake.Sent> records = new ArrayList<>();
    Random random = new Random(1);
    Instant start = Instant.now().minusSeconds(120);
    for (int i = 0; i < EVENTS; i++) {
      boolean isLate = i > EVENTS / 2 && i % 97 == 0;
      Instant time = start.plusMillis(20L * i).minusSeconds(isLate ? LATE_BY_SECONDS : 0);
      boolean isBroken = i % 101 == 0;
      double value = random.nextInt(1_000_000) / 10_000.0;
      ContractLake.Sent record = event(i, time, value, isBroken ? "HUM" : type(random), random);
      records.add(record);
      broken += isBroken ? 1 : 0;
      tooGreat += !isBroken && value > 90 ? 1 : 0;
      if (i % 50 == 7 && !isBroken && value <= 90) {
        records.add(record);
        copies++;
      }
    }
    ContractLake.make(made, "telemetry", records, "--set=rule.value.range=0..90");
  }

  private static String type(Random random) {
    return random.nextBoolean() ? "CO2" : "TEMP";
  }

  /** A device is named in the body, in a header or by the record's key. */
  private static ContractLake.Sent event(
      int number, Instant time, double value, String type, Random random) {
    String device = "device-" + number % 7;
    String inBody = number % 3 == 0 ? "\"deviceId\": \"%s\", ".formatted(device) : "";
    String more = random.nextInt(3) > 0 ? "\"moreData0\": %s".formatted(random.nextGaussian()) : "";
    String body =
        "{\"eventId\": \"e%d\", %s\"complexData\": {%s}, \"value\": %s, \"type\": \"%s\", \"createdAt\": \"%s\"}"
            .formatted(number, inBody, more, value, type, time);
    return new ContractLake.Sent(
        number % 3 == 2 ? device : null,
        number % 3 == 1 ? Map.of("iothub-connection-device-id", device) : Map.of(),
        body);
  }

  @BeforeEach
  void copyLake() throws IOException {
    lake = LakeCopy.of(made.resolve("lake"), temp.resolve("lake"));
  }

  @Test
  void allChecksHold() throws Exception {
    Audited audited = Audited.audit(lake);

    audited.assertHolds();
    assertThat(audited.json().path("checks")).hasSize(14);
    assertThat(audited.count("bronze-offsets", "rows")).isEqualTo(EVENTS + copies);
    assertThat(audited.count("events-accounted", "duplicates")).isEqualTo(copies).isPositive();
    assertThat(audited.count("events-accounted", "quarantine")).isEqualTo(broken + tooGreat);
    assertThat(audited.count("late-rows", "rows")).isBetween(1L, EVENTS / 10L);
    assertThat(audited.count("gold-counts", "open")).isZero();
    assertThat(audited.count("gold-values", "not judged")).isZero();
  }

  @Test
  void anAlteredValueIsFoundInEachTableOfGold() throws Exception {
    lake.raise("gold/telemetry_by_type", "maxValue");
    Audited.audit(lake).assertBroken("gold-values");
  }

  @Test
  void anAlteredCountOfValuesIsFound() throws Exception {
    lake.raise("gold/telemetry_by_device", "moreData0Count");
    Audited.audit(lake).assertBroken("gold-values");
  }

  @Test
  void anAlteredNumberOfDevicesIsFound() throws Exception {
    lake.raise("gold/telemetry_summary", "deviceCount");
    Audited.audit(lake).assertBroken("gold-summary");
  }

  @Test
  void anAlteredNestedFieldOfSilverIsNotTheOneInGold() throws Exception {
    lake.raise("silver", "moreData0");
    Audited.audit(lake).assertBroken("gold-values", "rows-rederived");
  }

  @Test
  void aRowTakenOutOfATableByATextIsMissed() throws Exception {
    lake.removeRow("gold/telemetry_by_type");

    Audited audited = Audited.audit(lake);
    audited.assertBroken("gold-counts");
    assertThat(audited.check("gold-counts").path("examples").path(0).asText())
        .startsWith("telemetry_by_type ")
        .contains("has no row");
  }

  @Test
  void aDoubledRowOfATableByATextIsFound() throws Exception {
    lake.doubleFile("gold/telemetry_by_type");
    Audited.audit(lake).assertBroken("gold-counts");
  }

  @Test
  void aRowTakenOutOfSilverIsNoCopy() throws Exception {
    lake.removeRow("silver");
    Audited.audit(lake).assertBroken("events-accounted", "gold-counts");
  }

  @Test
  void aRedriveJudgesByTheContractOfTheLakeAndTheRangesOfItsJob() throws Exception {
    assertThat(redrive().at("/all/added").longValue()).isZero();
  }

  @Test
  void aRedriveAddsWhatAnotherRangeAllowsOnce() throws Exception {
    JsonNode first = redrive("--set=rule.value.range=0..100");
    assertThat(first.at("/all/added").longValue()).isEqualTo(tooGreat).isPositive();
    assertThat(first.at("/all/rejected").longValue()).isEqualTo(broken);
    assertThat(redrive("--set=rule.value.range=0..100").at("/all/added").longValue()).isZero();

    Audited.audit(lake).assertHolds();
    assertThat(new DeltaTable(LakeFolder.uri(lake.root().resolve("silver"))).rows())
        .filteredOn(row -> "REDRIVEN".equals(row.get("qualityFlags")))
        .hasSize((int) tooGreat)
        .allSatisfy(row -> assertThat((String) row.get("deviceId")).startsWith("device-"));
  }

  @Test
  void aRedriveJudgesByAnotherContractThatIsNamed() throws Exception {
    JsonNode redriven = redrive("--contract=telemetry");

    assertThat(redriven.at("/all/added").longValue()).isEqualTo(tooGreat);
    Audited.audit(lake).assertHolds();
  }

  private JsonNode redrive(String... options) throws IOException {
    return ContractLake.redrive(lake.root(), options);
  }

  @Test
  void historyNamesTheTablesOfTheContract() {
    CommandRun history = CommandRun.on(lake.root(), new HistoryCommand());

    assertThat(history.done().out())
        .contains(
            Lake.at(lake.root().toString()).tables().all().stream()
                .map(TableDefinition::path)
                .toArray(String[]::new));
  }

  /** The ranges that the settings gave, and the windows' size, are told by the lake. */
  @Test
  void aReplayGivesTheSameTables() {
    Replayed.replay(
            made.resolve("lake"),
            temp.resolve("new"),
            "--set=window.out.of.orderness=1s",
            "--set=event.late.arrival=off")
        .assertDone()
        .assertSameRows()
        .assertAuditHolds();
  }
}
