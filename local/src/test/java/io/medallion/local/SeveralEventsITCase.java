package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
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
 * A lake of records with several events each, of which some are copies, some late for the small
 * windows and some for all, and some rejected: alone, by a rule, or with all of their record.
 */
class SeveralEventsITCase {

  private static final String CONTRACT =
      """
      contract: batches
      version: 1
      event:
        records: array
        key: {column: device, from: [field device, record key]}
        time: {from: [field at, enqueued time], format: iso}
        id: {from: [field n], acceptNumber: true}
      fields:
        value: {type: double, required: true, range: [0, 90]}
        note: {type: string}
      rules:
        - {code: CALM_STORM, check: "!has(note) || note != 'calm' || value < 60.0"}
      silver:
        grade: "value > 50.0 ? 'high' : 'low'"
        half: value / 2.0
      gold:
        by_device:
          by: device
          columns:
            eventCount: count()
            value: avg(value)
            half: sum(half)
            last: last(value)
            firstNote: first(note)
            grade: mostFrequent(grade)
        by_device_long: {window: 10 s, by: device, like: by_device}
        by_grade_long:
          window: 10 s
          by: grade
          columns: {eventCount: count(), value: sum(value)}
        total:
          columns: {deviceCount: countDistinct(device)}
          like: by_device
      """;
  private static final int RECORDS = 1_000;

  @TempDir private static Path made;
  private static long events;
  private static long tooGreat;
  private static long copies;

  @TempDir private Path temp;
  private LakeCopy lake;

  @BeforeAll
  static void aRun() throws Exception {
    Path contract = Files.writeString(made.resolve("batches.yaml"), CONTRACT);
    Random random = new Random(3);
    Instant start = Instant.now().minusSeconds(120);
    List<ContractLake.Sent> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(record(i, start.plusMillis(40L * i), random));
    }
    ContractLake.make(made, contract.toString(), records);
  }

  private static ContractLake.Sent record(int number, Instant time, Random random) {
    String device = "device-" + number % 5;
    if (number % 101 == 5) {
      events++;
      return new ContractLake.Sent(device, Map.of(), "[{\"value\": 1}");
    }
    List<String> all = new ArrayList<>();
    int several = 1 + random.nextInt(4);
    for (int i = 0; i < several; i++) {
      all.add(event(10 * number + i, time.plusMillis(i), random));
    }
    if (number % 20 == 3) {
      all.add(event(10 * number + 9, time, 10, "copied"));
      all.add(event(10 * number + 9, time, 10, "copied"));
      copies++;
    }
    if (number % 30 == 7) {
      all.add(event(10 * number + 8, time.minusSeconds(4), 20, "late for some"));
    }
    if (number % 90 == 80) {
      all.add(event(10 * number + 8, time.minusSeconds(30), 20, "late"));
    }
    events += all.size();
    return new ContractLake.Sent(device, Map.of(), "[" + String.join(", ", all) + "]");
  }

  private static String event(int id, Instant time, Random random) {
    double value = random.nextInt(10_000) / 100.0;
    String note = List.of("calm", "gusty", "foggy").get(random.nextInt(3));
    tooGreat += value > 90 && !note.equals("calm") ? 1 : 0;
    return event(id, time, value, note);
  }

  private static String event(int id, Instant time, double value, String note) {
    return "{\"n\": %d, \"at\": \"%s\", \"value\": %s, \"note\": \"%s\"}"
        .formatted(id, time, value, note);
  }

  @BeforeEach
  void copyLake() throws IOException {
    lake = LakeCopy.of(made.resolve("lake"), temp.resolve("lake"));
  }

  @Test
  void allChecksHold() throws Exception {
    Audited audited = Audited.audit(lake);

    audited.assertHolds();
    assertThat(audited.count("bronze-offsets", "rows")).isEqualTo(RECORDS);
    assertThat(audited.count("events-accounted", "bronze")).isEqualTo(events);
    assertThat(audited.count("events-accounted", "duplicates")).isEqualTo(copies).isPositive();
    assertThat(audited.count("late-rows", "rows")).isBetween(20L, events / 10);
    assertThat(audited.count("gold-counts", "open")).isZero();
    assertThat(audited.count("gold-values", "not judged")).isZero();
  }

  @Test
  void anEventTakenOutOfSilverIsLost() throws Exception {
    lake.removeRow("silver");

    Audited audited = Audited.audit(lake);
    audited.assertBroken("events-accounted", "gold-counts");
    assertThat(audited.check("events-accounted").path("examples").path(0).asText())
        .matches("partition \\d offset \\d+ event \\d is in bronze and in neither .*");
  }

  @Test
  void aDoubledFileOfQuarantineIsFound() throws Exception {
    lake.doubleFile("quarantine");
    Audited.audit(lake).assertBroken("events-accounted");
  }

  @Test
  void theLastValueOfALongWindowIsRecomputed() throws Exception {
    lake.raise("gold/by_device_long", "last");
    Audited.audit(lake).assertBroken("gold-values");
  }

  @Test
  void theCountOfALongWindowIsThatOfItsEvents() throws Exception {
    lake.raise("gold/by_grade_long", "eventCount");
    Audited.audit(lake).assertBroken("gold-counts");
  }

  @Test
  void anAlteredExpressionIsRecomputed() throws Exception {
    lake.raise("silver", "half");
    Audited.audit(lake).assertBroken("silver-enrichment", "gold-values", "rows-rederived");
  }

  @Test
  void aDoubledRowOfLateIsFoundPerSize() throws Exception {
    lake.doubleFile("late");
    Audited.audit(lake).assertBroken("late-rows");
  }

  @Test
  void aRedriveAddsSingleEventsOnceAndToLateForEachSize() throws Exception {
    String wider = "--set=rule.value.range=0..100";
    JsonNode first = ContractLake.redrive(lake.root(), wider, "--reason=OUT_OF_RANGE");
    assertThat(first.at("/all/added").longValue()).isEqualTo(tooGreat).isPositive();

    JsonNode all = ContractLake.redrive(lake.root(), wider);
    assertThat(all.at("/all/added").longValue()).isZero();
    assertThat(all.at("/all/present").longValue()).isEqualTo(tooGreat);
    assertThat(all.at("/reasons/CALM_STORM/rejected").longValue()).isPositive();
    Audited.audit(lake).assertHolds();
  }

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
