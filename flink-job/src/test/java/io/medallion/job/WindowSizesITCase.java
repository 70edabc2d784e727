package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.contract.ContractReader;
import io.medallion.job.testing.EventHub;
import io.medallion.job.testing.EventHub.SentEvent;
import io.medallion.job.testing.ExpectedWindows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
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

/** The weather with windows of 10 s, as it is set, and tables of a minute. */
class WindowSizesITCase {

  private static final int PARTITIONS = 3;
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);
  private static final long START = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();

  private static final String MORE_TABLES =
      """
        station_minute:
          window: 1 min
          by: stationId
          columns:
            eventCount: count()
            first: first(temperature)
            last: last(temperature)
            lastConditions: last(conditions)
        minute:
          window: 1 min
          columns: {eventCount: count(), stations: countDistinct(stationId)}
        by_conditions:
          by: conditions
          columns: {eventCount: count()}
      """;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path brokerFolder;
  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private EventHub hub;
  private JobRun run;
  private Map<String, String> severalSizes;

  private final ExpectedWindows small =
      new ExpectedWindows(Duration.ofSeconds(10), OUT_OF_ORDERNESS);
  private final ExpectedWindows minutes =
      new ExpectedWindows(Duration.ofMinutes(1), OUT_OF_ORDERNESS);

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
    hub = new EventHub(broker, "weather-" + UUID.randomUUID(), PARTITIONS);
    run =
        new JobRun(broker, folder, hub.topic())
            .with("window.size", "10 s")
            .with("window.out.of.orderness", "5 s")
            .with("event.past.tolerance", "36500 d")
            .with("event.late.arrival", "off");
    Path contract =
        Files.writeString(
            folder.resolve("several.yaml"), ContractReader.standard().text() + MORE_TABLES);
    severalSizes = Map.of("contract", contract.toString());
  }

  @AfterEach
  void cleanUp() throws Exception {
    run.cancel();
    hub.close();
  }

  @Test
  void eachSizeCountsWhatIsOnTimeForItOverRestartsAndAnotherParallelism() throws Exception {
    hub.send(weather(0, 1000));
    run.start(2, severalSizes, new Configuration());
    run.awaitBronze(1000);
    String savepoint = run.stop(false);
    hub.send(weather(1000, 1000));
    run.start(3, severalSizes, JobRun.resume(savepoint));
    run.awaitBronze(2000);
    String drained = run.stop(true);

    small.read(hub.sent());
    minutes.read(hub.sent());
    assertTables();
    assertThat(small.late()).hasSizeGreaterThan(minutes.late().size());
    assertThat(minutes.late()).isNotEmpty();

    // What the drain closed stays closed, by size.
    List<SentEvent> afterwards = weather(2000, 500);
    hub.send(afterwards);
    run.start(1, severalSizes, JobRun.resume(drained));
    run.awaitBronze(2500);
    run.stop(true);

    small.drained().read(afterwards);
    minutes.drained().read(afterwards);
    assertTables();
  }

  private void assertTables() {
    assertThat(counts("gold/weather_by_station", "stationId"))
        .containsExactlyInAnyOrderElementsOf(small.byStation());
    assertThat(counts("gold/station_minute", "stationId"))
        .containsExactlyInAnyOrderElementsOf(minutes.byStation());
    assertThat(picks()).containsExactlyInAnyOrderElementsOf(minutes.picks());
    assertThat(
            run.rows("gold/minute").stream()
                .map(row -> row.get("windowEnd") + " " + row.get("eventCount")))
        .containsExactlyInAnyOrderElementsOf(minutes.total());
    assertThat(late())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(small.late().stream(), minutes.late().stream()).toList());
    assertThat(run.rows("silver")).hasSize(hub.sent().size());
  }

  @Test
  void aTableThatIsAddedIsNullInWindowsThatHadBegunAndCompleteFromThenOn() throws Exception {
    List<SentEvent> before = weather(0, 1000);
    hub.send(before);
    run.start(2, Map.of(), new Configuration());
    run.awaitBronze(1000);
    String savepoint = run.stop(false);
    hub.send(weather(1000, 500));
    run.start(3, severalSizes, JobRun.resume(savepoint));
    run.awaitBronze(1500);
    String another = run.stop(false);
    hub.send(weather(1500, 500));
    run.start(2, severalSizes, JobRun.resume(another));
    run.awaitBronze(2000);
    run.stop(true);

    small.read(hub.sent());
    minutes.read(hub.sent());
    long last = before.stream().mapToLong(SentEvent::eventTime).max().orElseThrow();
    assertThat(counts("gold/weather_by_station", "stationId"))
        .as("the tables from before have all")
        .containsExactlyInAnyOrderElementsOf(small.byStation());
    assertBegins("gold/station_minute", last);
    assertBegins("gold/minute", last);
    assertBegins("gold/by_conditions", last);
    assertThat(counts("gold/station_minute", "stationId").stream().filter(row -> !isNull(row)))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(minutes.byStationFrom(last + 1));
    assertThat(
            run.rows("gold/station_minute").stream()
                .filter(row -> row.get("eventCount") == null)
                .flatMap(row -> Stream.of(row.get("first"), row.get("lastConditions"))))
        .isNotEmpty()
        .containsOnlyNulls();
  }

  private static boolean isNull(String row) {
    return row.endsWith(" null");
  }

  /** Windows that began no later than the last event before have no count; the others have one. */
  private void assertBegins(String table, long last) {
    assertThat(run.rows(table))
        .as(table)
        .anyMatch(row -> row.get("eventCount") == null)
        .anyMatch(row -> row.get("eventCount") != null)
        .allSatisfy(
            row ->
                assertThat(row.get("eventCount") == null)
                    .as("%s of %s", row.get("windowStart"), Instant.ofEpochMilli(last))
                    .isEqualTo(((Instant) row.get("windowStart")).toEpochMilli() <= last));
  }

  private List<String> counts(String table, String by) {
    return run.rows(table).stream()
        .map(row -> row.get(by) + " " + row.get("windowEnd") + " " + row.get("eventCount"))
        .toList();
  }

  private List<String> picks() {
    return run.rows("gold/station_minute").stream()
        .map(
            row ->
                "%s %s %s %s %s"
                    .formatted(
                        row.get("stationId"),
                        row.get("windowEnd"),
                        row.get("first"),
                        row.get("last"),
                        row.get("lastConditions")))
        .toList();
  }

  private List<String> late() {
    return run.rows("late").stream()
        .map(
            row ->
                "%s/%s %s %s %s"
                    .formatted(
                        row.get("partition"),
                        row.get("offset"),
                        row.get("windowStart"),
                        row.get("windowEnd"),
                        row.get("latenessMillis")))
        .toList();
  }

  /** Events whose times are up to 40 s out of order, in whole seconds: many have the same. */
  private static List<SentEvent> weather(int from, int count) {
    Random random = new Random(from);
    List<SentEvent> events = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      int disorder = random.nextInt(10) > 0 ? random.nextInt(8) : random.nextInt(100);
      long time = START + Math.max(0, i / 5 - disorder) * 1000L;
      events.add(
          SentEvent.valid(i % PARTITIONS, "station-" + random.nextInt(4), time, i % 160 - 90));
    }
    return events;
  }
}
