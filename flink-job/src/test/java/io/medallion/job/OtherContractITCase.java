package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.contract.ContractReader;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.preflight.Preflight;
import io.medallion.job.table.LakeContract;
import io.medallion.job.testing.EventHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job with the contract that ships beside the weather's. */
class OtherContractITCase {

  private static final long START = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final int EVENTS = 2_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir static Path brokerFolder;
  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private EventHub hub;
  private JobRun run;

  @BeforeAll
  static void startBroker() {
    broker =
        EmbeddedBroker.builder()
            .dataDir(brokerFolder)
            .connectionString(JobRun.CONNECTION_STRING)
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopic() throws Exception {
    hub = new EventHub(broker, "telemetry-" + UUID.randomUUID(), 2);
    run =
        new JobRun(broker, folder, hub.topic())
            .with("contract", "telemetry")
            .with("window.size", "10 s")
            .with("source.bounded", "true")
            // Events of any time, whenever the test is run.
            .with("event.past.tolerance", "36500 d")
            .with("event.future.tolerance", "36500 d")
            .with("event.late.arrival", "off");
  }

  @AfterEach
  void cleanUp() throws Exception {
    run.cancel();
    hub.close();
  }

  @Test
  void tablesAreWhatTheContractSays() throws Exception {
    Map<String, DoubleSummaryStatistics> byType = new HashMap<>();
    long moreData = send(byType);

    run.start(2, Map.of(), new Configuration()).getJobExecutionResult().get();

    assertThat(run.rows("bronze")).hasSize(EVENTS + 2);
    assertThat(run.rows("quarantine"))
        .extracting(row -> row.get("reason"))
        .containsExactlyInAnyOrder("VALUE_NOT_ALLOWED", "MISSING_FIELD");
    List<Map<String, Object>> silver = run.rows("silver");
    assertThat(silver).hasSize(EVENTS);
    assertThat(silver.stream().filter(row -> row.get("moreData0") != null)).hasSize((int) moreData);
    assertThat(silver).allSatisfy(row -> assertThat(row.get("deviceSequenceNumber")).isNotNull());
    assertThat(new DeltaTable(run.lake() + "/silver").snapshot().getSchema().fieldNames())
        .startsWith("value", "type", "deviceSequenceNumber")
        .contains("deviceId", "eventTime", "eventId");
    assertGold(byType, moreData);
  }

  private void assertGold(Map<String, DoubleSummaryStatistics> byType, long moreData) {
    List<Map<String, Object>> types = run.rows("gold/telemetry_by_type");
    byType.forEach(
        (type, expected) -> {
          Map<String, Object> row =
              types.stream().filter(r -> r.get("type").equals(type)).findFirst().orElseThrow();
          assertThat(row.get("eventCount")).isEqualTo(expected.getCount());
          assertThat((double) row.get("value")).isCloseTo(expected.getAverage(), within(1e-6));
          assertThat(row.get("minValue")).isEqualTo(expected.getMin());
          assertThat(row.get("maxValue")).isEqualTo(expected.getMax());
        });
    assertThat(types).hasSize(2);
    List<Map<String, Object>> devices = run.rows("gold/telemetry_by_device");
    assertThat(devices).hasSize(7);
    assertThat(devices.stream().mapToLong(row -> (long) row.get("moreData0Count")).sum())
        .isEqualTo(moreData);
    assertThat(run.rows("gold/telemetry_summary"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("deviceCount", 7L)
                    .containsEntry("eventCount", (long) EVENTS));
  }

  /** Sends valid events of one window, and two that are not; returns how many have more data. */
  private long send(Map<String, DoubleSummaryStatistics> byType) throws Exception {
    Random random = new Random(1);
    List<byte[]> bodies = new ArrayList<>();
    long moreData = 0;
    for (int i = 0; i < EVENTS; i++) {
      String type = random.nextBoolean() ? "CO2" : "TEMP";
      double value = random.nextInt(100_000) / 1000.0;
      boolean more = random.nextInt(3) > 0;
      moreData += more ? 1 : 0;
      byType.computeIfAbsent(type, t -> new DoubleSummaryStatistics()).accept(value);
      bodies.add(body(i, type, value, more));
    }
    bodies.add(body(-1, "HUM", 1, false));
    bodies.add("{\"type\": \"CO2\"}".getBytes(StandardCharsets.UTF_8));
    hub.sendBodies(bodies);
    return moreData;
  }

  private static byte[] body(int number, String type, double value, boolean more) {
    return """
        {"eventId": "e%d", "complexData": {%s"moreData9": 1}, "value": %s, \
        "deviceId": "contoso://device-id-%d", "deviceSequenceNumber": %d, "type": "%s", \
        "createdAt": "%s"}"""
        .formatted(
            number,
            more ? "\"moreData0\": 0.5, " : "",
            value,
            Math.floorMod(number, 7),
            number,
            type,
            Instant.ofEpochMilli(START + Math.floorMod(number, 5000)))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void eachEventOfARecordHasItsRowAndItsPlace() throws Exception {
    Path contract =
        Files.writeString(
            folder.resolve("batches.yaml"),
            """
            contract: batches
            version: 1
            event:
              records: array
              data: /readings
              unknownFields: keep
              key: {column: deviceId, from: [field /device]}
              time: {from: [field at], format: epoch ms}
              id: {from: [field nr], acceptNumber: true}
            fields:
              t: {type: double, required: true}
            gold:
              by_device: {by: deviceId, columns: {eventCount: count(), t: avg(t)}}
            """);
    run.with("contract", contract.toString());
    List<byte[]> bodies = new ArrayList<>();
    for (int record = 0; record < 50; record++) {
      StringBuilder readings = new StringBuilder();
      for (int i = 9; i >= 0; i--) {
        int nr = 10 * record + i;
        readings.append(
            "{\"at\": %d, \"nr\": %d, \"t\": %d, \"fw\": [1]},"
                .formatted(START + (long) nr, nr, i));
      }
      // The same again, and one that is none.
      readings.append(
          "{\"at\": %d, \"nr\": %d, \"t\": 0},".formatted(START + 10L * record, 10 * record));
      bodies.add(
          "{\"device\": \"d\", \"readings\": [%s {\"nr\": 0}]}"
              .formatted(readings)
              .getBytes(StandardCharsets.UTF_8));
    }
    bodies.add("{\"device\": \"d\", \"readings\": []}".getBytes(StandardCharsets.UTF_8));
    hub.sendBodies(bodies);

    run.start(2, Map.of(), new Configuration()).getJobExecutionResult().get();

    assertThat(run.rows("bronze")).hasSize(51);
    List<Map<String, Object>> silver = run.rows("silver");
    assertThat(silver).hasSize(500);
    assertThat(silver)
        .allSatisfy(
            row -> {
              assertThat(row.get("index")).isEqualTo(9 - (int) (double) row.get("t"));
              assertThat(row.get("extras")).isEqualTo("{\"fw\":[1]}");
            });
    assertThat(
            silver.stream()
                .map(
                    row -> row.get("partition") + "/" + row.get("offset") + "/" + row.get("index")))
        .doesNotHaveDuplicates();
    List<Map<String, Object>> quarantine = run.rows("quarantine");
    assertThat(quarantine).hasSize(51);
    assertThat(quarantine.stream().filter(row -> row.get("index") == null)).hasSize(1);
    assertThat(quarantine.stream().filter(row -> Integer.valueOf(11).equals(row.get("index"))))
        .hasSize(50)
        .allSatisfy(
            row ->
                assertThat(new String((byte[]) row.get("body"), StandardCharsets.UTF_8))
                    .isEqualTo("{\"device\": \"d\", \"readings\": {\"nr\": 0}}"));
    assertThat(
            run.rows("gold/by_device").stream()
                .mapToLong(row -> (long) row.get("eventCount"))
                .sum())
        .isEqualTo(500);
  }

  @Test
  void aLakeGoesOnWithWhatAContractAdds() throws Exception {
    String text =
        """
        contract: pumps
        version: 1
        event:
          key: {column: pump, from: [field pump]}
          time: {from: [field at], format: epoch ms}
        fields:
          bar: {type: double, required: true}
        gold:
          by_pump: {by: pump, columns: {n: count(), bar: avg(bar)}}
        """;
    String more =
        text.replace("version: 1", "version: 2")
            .replace("fields:", "fields:\n  rpm: {type: long}\n  dry: {type: boolean}")
            .replace("gold:", "silver:\n  psi: {as: bar * 14.5038, type: double}\ngold:")
            .replace("bar: avg(bar)", "bar: avg(bar), rpm: last(rpm), psi: max(psi)");
    Path contract = Files.writeString(folder.resolve("pumps.yaml"), text);
    run.with("contract", contract.toString()).with("source.bounded", "false");
    hub.sendBodies(List.of(pump(START), pump(START + 1)));
    run.start(1, Map.of(), new Configuration());
    run.awaitBronze(2);
    String savepoint = run.stop(false);

    Files.writeString(contract, more);
    hub.sendBodies(List.of(pump(START + 2)));
    run.start(1, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(3);
    run.stop(true);

    assertThat(run.rows("silver"))
        .extracting(row -> row.get("psi"))
        .containsExactlyInAnyOrder(null, null, 29.0076);
    assertThat(run.rows("gold/by_pump").stream().mapToLong(row -> (long) row.get("n")).sum())
        .isEqualTo(3);
    assertThat(
            LakeContract.of(new DeltaTable(run.lake() + "/silver").snapshot().getTableProperties()))
        .contains(ContractReader.read("pumps", more));

    Files.writeString(
        contract, more.replace("version: 2", "version: 3").replace("  dry: {type: boolean}\n", ""));
    assertThatThrownBy(() -> Preflight.check(run.config(Map.of()), new Configuration()))
        .hasMessageContaining("silver.dry: the column is removed")
        .hasMessageContaining("lake.path");
  }

  private static byte[] pump(long at) {
    return "{\"pump\": \"p\", \"at\": %d, \"bar\": 2, \"rpm\": 900}"
        .formatted(at)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aLakeOfOtherEventsIsRefused() throws Exception {
    send(new HashMap<>());
    run.start(1, Map.of(), new Configuration()).getJobExecutionResult().get();

    assertThatThrownBy(
            () ->
                run.start(
                        1,
                        Map.of("contract", "weather", "sink.on.rewind", "append"),
                        new Configuration())
                    .getJobExecutionResult()
                    .get())
        .hasStackTraceContaining(
            "the table has events of the contract 'telemetry', the job those of 'weather'");
    assertThat(new DeltaTable(run.lake() + "/silver").snapshot().getSchema().fieldNames())
        .doesNotContain("temperature");
  }
}
