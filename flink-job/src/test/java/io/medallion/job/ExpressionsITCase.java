package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.job.testing.EventHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job with a contract that has rules and columns by expressions. */
class ExpressionsITCase {

  private static final String CONTRACT =
      """
      contract: pumps
      version: 7
      event:
        key: {column: pump, from: [field pump]}
        time: {from: [field ts, enqueued time]}
      fields:
        flow: {type: double, required: true}
        pressure: {type: double}
        strokes: {type: long}
        started: {type: timestamp, format: iso}
        site: {type: string}
      rules:
        - {code: DRY_RUN, check: "flow > 0 || pressure < 1"}
        - {code: NO_SITE, check: has(site), severity: warn}
      silver:
        power: {as: flow * pressure / 600, type: double, unit: kW}
        pairs: strokes / 2
        isBusy: flow > 50
        place: "has(site) ? site + '/' + pump : pump"
        running: {as: "started + duration('1h')", type: timestamp}
        flowRatio: ratio(flow, pressure)
      gold:
        by_place:
          by: place
          columns:
            events: count()
            powers: count(power)
            busy: count(isBusy)
            power: avg(power)
            pairs: sum(pairs)
            most: max(pairs)
            ratio: min(flowRatio)
        total:
          columns: {events: count(), place: mostFrequent(place), power: max(power)}
      """;

  private static final long START = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path brokerFolder;
  @TempDir Path folder;
  private EmbeddedBroker broker;
  private EventHub hub;
  private JobRun run;

  @BeforeEach
  void start() throws Exception {
    broker =
        EmbeddedBroker.builder()
            .dataDir(brokerFolder)
            .connectionString(JobRun.CONNECTION_STRING)
            .start();
    hub = new EventHub(broker, "pumps-" + UUID.randomUUID(), 2);
    Path contract = Files.writeString(folder.resolve("pumps.yaml"), CONTRACT);
    run =
        new JobRun(broker, folder, hub.topic())
            .with("contract", contract.toString())
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
    broker.close();
  }

  @Test
  void rulesAndColumnsAreInTheTablesAsTheContractSays() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      bodies.add(
          body(
              i,
              "\"flow\": %d, \"pressure\": 6, \"strokes\": %d, \"site\": \"S\""
                  .formatted(i * 10 + 1, i)));
    }
    bodies.add(body(11, "\"flow\": 1, \"started\": \"2026-11-25T12:00:00Z\""));
    bodies.add(body(12, "\"flow\": 0, \"pressure\": 2"));
    bodies.add(body(13, "\"flow\": 0"));
    hub.sendBodies(bodies);

    run.start(2, Map.of(), new Configuration()).getJobExecutionResult().get();

    assertThat(run.rows("quarantine"))
        .singleElement()
        .satisfies(
            // The contract's version, and the settings of this test.
            row -> assertThat((int) row.get("ruleVersion")).isBetween(7_000_001, 7_999_999))
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("reason", "DRY_RUN")
                    .containsEntry(
                        "detail",
                        "'flow > 0 || pressure < 1' does not hold: flow is 0.0, pressure is 2.0"));
    List<Map<String, Object>> silver = run.rows("silver");
    assertThat(silver).hasSize(12);
    assertThat(silver.stream().filter(row -> row.get("strokes") != null))
        .hasSize(10)
        .allSatisfy(
            row -> {
              double flow = (double) row.get("flow");
              assertThat(row)
                  .containsEntry("power", flow * 6 / 600)
                  .containsEntry("pairs", (long) row.get("strokes") / 2)
                  .containsEntry("isBusy", flow > 50)
                  .containsEntry("place", "S/p1")
                  .containsEntry("running", null)
                  .containsEntry("flowRatio", flow / 6)
                  .containsEntry("qualityFlags", null);
            });
    assertThat(silver.stream().filter(row -> row.get("started") != null))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("power", null)
                    .containsEntry("pairs", null)
                    .containsEntry("isBusy", false)
                    .containsEntry("place", "p1")
                    .containsEntry("running", Instant.parse("2026-11-25T13:00:00Z"))
                    .containsEntry("qualityFlags", "NO_SITE"));
    assertGold();
  }

  private void assertGold() {
    assertThat(run.rows("gold/by_place"))
        .hasSize(2)
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("place", "S/p1")
                    .containsEntry("events", 10L)
                    .containsEntry("powers", 10L)
                    .containsEntry("busy", 10L)
                    .containsEntry("power", 0.46)
                    .containsEntry("pairs", 20.0)
                    .containsEntry("most", 4.0)
                    .containsEntry("ratio", 1 / 6.0))
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("place", "p1")
                    .containsEntry("events", 2L)
                    .containsEntry("powers", 0L)
                    .containsEntry("busy", 2L)
                    .containsEntry("power", null)
                    .containsEntry("pairs", null)
                    .containsEntry("most", null));
    assertThat(run.rows("gold/total"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("events", 12L)
                    .containsEntry("place", "S/p1")
                    .containsEntry("power", 0.91));
  }

  private static byte[] body(int second, String members) {
    return "{\"pump\": \"p1\", \"ts\": \"%s\", %s}"
        .formatted(Instant.ofEpochMilli(START + second % 10), members)
        .getBytes(StandardCharsets.UTF_8);
  }
}
