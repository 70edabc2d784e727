package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.contract.functions.DewPoint;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.testing.EventHub;
import io.medallion.job.testing.EventHub.SentEvent;
import io.medallion.job.testing.ExpectedLake;
import io.medallion.job.testing.FailingDecoder;
import io.medallion.job.testing.FailingLogStore;
import io.medallion.job.testing.HostileBodies;
import io.medallion.job.testing.HostileBodies.HostileBody;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole job on a MiniCluster, from a broker with Event Hubs' sign-in to the tables: after
 * whatever happens, they hold what was sent, once. Windows of 10 s, out-of-orderness of 5 s.
 */
class MedallionJobITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final int PARTITIONS = 3;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);
  private static final long START = Instant.parse("2024-05-01T12:00:00Z").toEpochMilli();

  @TempDir static Path brokerFolder;
  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private EventHub hub;
  private JobRun run;
  private JobClient job;
  private final ExpectedLake expected = new ExpectedLake(WINDOW, OUT_OF_ORDERNESS);

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
    openHub(PARTITIONS);
  }

  private void openHub(int partitions) throws Exception {
    hub = new EventHub(broker, "weather-" + UUID.randomUUID(), partitions);
    run =
        new JobRun(broker, folder, hub.topic())
            .with("window.size", WINDOW.toMillis() + " ms")
            .with("window.out.of.orderness", OUT_OF_ORDERNESS.toMillis() + " ms")
            // Events of years ago.
            .with("event.past.tolerance", "36500 d")
            .with("event.late.arrival", "off");
  }

  @AfterEach
  void cleanUp() throws Exception {
    run.cancel();
    hub.close();
  }

  @Test
  void everyEventOfABoundedInputIsInTheTablesWhereItBelongs() throws Exception {
    hub.send(weather(0, 3000));

    job = start(2, Map.of("source.bounded", "true"), new Configuration());
    job.getJobExecutionResult().get();

    expected.read(hub.sent()).assertEquals(run.lake());
    assertThat(expected.lateCount()).isPositive();
    assertThat(expected.duplicateCount()).isGreaterThan(100);
  }

  @Test
  void everyTableTellsAllOfAnEvent() throws Exception {
    String seed =
        "{\"temperature\": 20, \"humidity\": 60, \"windSpeed\": 10, \"windDirection\": \"NW\","
            + " \"precipitation\": 0, \"conditions\": \"Partly Cloudy\"}";
    hub.send(List.of(new SentEvent(1, "station-1", seed, 0, null), SentEvent.invalid(2, "[]")));
    hub.send(List.of(SentEvent.valid(1, "station-2", START, -5)));

    job = start(2, Map.of("source.bounded", "true"), new Configuration());
    job.getJobExecutionResult().get();

    Map<String, Object> bronze = row("bronze", "partition", 1, "offset", 0L);
    Instant enqueued = (Instant) bronze.get("enqueuedTime");
    assertThat(bronze.get("body")).isEqualTo(seed.getBytes(StandardCharsets.UTF_8));
    assertThat(bronze)
        .containsEntry("eventHub", hub.topic())
        .containsEntry("partitionKey", "station-1")
        .containsEntry("key", "station-1".getBytes(StandardCharsets.UTF_8))
        .containsEntry("properties", null)
        .containsEntry("headers", null)
        .containsEntry("timestampType", "LogAppendTime")
        .containsEntry("enqueuedDate", LocalDate.ofInstant(enqueued, ZoneOffset.UTC))
        .hasEntrySatisfying(
            "ingestedTime", time -> assertThat((Instant) time).isAfterOrEqualTo(enqueued));

    Map<String, Object> silver = row("silver", "stationId", "station-1");
    Map<String, Object> expectedSilver = new HashMap<>();
    expectedSilver.put("temperature", 20.0);
    expectedSilver.put("humidity", 60.0);
    expectedSilver.put("windSpeed", 10.0);
    expectedSilver.put("windDirection", "NW");
    expectedSilver.put("precipitation", 0.0);
    expectedSilver.put("conditions", "Partly Cloudy");
    expectedSilver.put("stationId", "station-1");
    expectedSilver.put("eventTime", enqueued);
    expectedSilver.put("eventId", null);
    expectedSilver.put("windDirectionDegrees", 315.0);
    expectedSilver.put("dewPoint", DewPoint.of(20, 60));
    expectedSilver.put("apparentTemperature", 20.0);
    expectedSilver.put("beaufort", 2);
    expectedSilver.put("qualityFlags", null);
    expectedSilver.put("partition", 1);
    expectedSilver.put("offset", 0L);
    expectedSilver.put("enqueuedTime", enqueued);
    expectedSilver.put("processedTime", bronze.get("ingestedTime"));
    expectedSilver.put("eventDate", LocalDate.ofInstant(enqueued, ZoneOffset.UTC));
    expectedSilver.put("eventHub", hub.topic());
    assertThat(silver).containsExactlyInAnyOrderEntriesOf(expectedSilver);

    Map<String, Object> quarantine = row("quarantine", "partition", 2);
    assertThat(quarantine.get("body")).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
    assertThat(quarantine)
        .containsEntry("reason", "NOT_AN_OBJECT")
        .containsEntry("detail", "the body is an array")
        .containsEntry("ruleVersion", run.config(Map.of()).rules().version())
        .containsEntry("eventHub", hub.topic())
        .containsEntry("offset", 0L)
        .containsEntry("partitionKey", null)
        .containsKeys("enqueuedTime", "processedTime", "enqueuedDate");

    Instant windowStart = Instant.ofEpochMilli(enqueued.toEpochMilli() / 10_000 * 10_000);
    Map<String, Object> late = row("late", "stationId", "station-2");
    assertThat(late)
        .containsAllEntriesOf(row("silver", "stationId", "station-2"))
        .containsEntry("windowStart", Instant.ofEpochMilli(START))
        .containsEntry("windowEnd", Instant.ofEpochMilli(START).plus(WINDOW))
        .containsEntry(
            "latenessMillis",
            enqueued.minus(OUT_OF_ORDERNESS).toEpochMilli() - START - WINDOW.toMillis());

    Map<String, Object> gold = new HashMap<>();
    gold.put("windowStart", windowStart);
    gold.put("windowEnd", windowStart.plus(WINDOW));
    gold.put("eventCount", 1L);
    for (String prefix : List.of("", "min", "max")) {
      gold.put(camel(prefix, "temperature"), 20.0);
      gold.put(camel(prefix, "humidity"), 60.0);
      gold.put(camel(prefix, "windSpeed"), 10.0);
    }
    gold.put("precipitation", 0.0);
    gold.put("totalPrecipitation", 0.0);
    gold.put("windDirectionDegrees", 315.0);
    gold.put("windDirection", "NW");
    gold.put("conditions", "Partly Cloudy");
    Map<String, Object> summary = new HashMap<>(gold);
    gold.put("stationId", "station-1");
    summary.put("stationCount", 1L);
    assertThat(rows("gold/weather_by_station")).containsExactly(gold);
    assertThat(rows("gold/weather_summary")).containsExactly(summary);
  }

  @Test
  void hostileBodiesAreQuarantinedByteForByteAndNeverStopTheJob() throws Exception {
    List<HostileBody> hostile = HostileBodies.all();
    List<byte[]> bodies = new ArrayList<>(hostile.stream().map(HostileBody::body).toList());
    byte[] valid = HostileBodies.EVENT.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 30; i++) {
      bodies.add(i * bodies.size() / 30, valid);
    }
    List<RecordMetadata> places = hub.sendBodies(bodies);

    // Without restarts, the first one would be the end of the job.
    Configuration noRestart =
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    Map<String, String> settings = Map.of("source.bounded", "true", "event.past.tolerance", "90 d");
    job = start(2, settings, noRestart);
    job.getJobExecutionResult().get();

    Map<String, Map<String, Object>> quarantine = byPlace(rows("quarantine"));
    Map<String, Map<String, Object>> silver = byPlace(rows("silver"));
    Iterator<HostileBody> expectedBodies = hostile.iterator();
    for (int i = 0; i < bodies.size(); i++) {
      String place = places.get(i).partition() + "/" + places.get(i).offset();
      if (bodies.get(i) == valid) {
        assertThat(silver.get(place)).containsEntry("stationId", "Köln 🌦");
      } else {
        HostileBody body = expectedBodies.next();
        Map<String, Object> row = quarantine.get(place);
        assertThat(row).as(body.toString()).isNotNull();
        assertThat(row.get("reason")).as(body.toString()).isEqualTo(body.reason().name());
        assertThat((byte[]) row.get("body")).as(body.toString()).isEqualTo(body.body());
      }
    }
    assertThat(silver).hasSize(30);
    assertThat(quarantine).hasSameSizeAs(hostile);
    assertThat(byPlace(rows("bronze"))).hasSameSizeAs(bodies);
  }

  private static Map<String, Map<String, Object>> byPlace(List<Map<String, Object>> rows) {
    Map<String, Map<String, Object>> byPlace = new HashMap<>();
    for (Map<String, Object> row : rows) {
      assertThat(byPlace.put(row.get("partition") + "/" + row.get("offset"), row)).isNull();
    }
    return byPlace;
  }

  @Test
  void whatIsConfiguredOfTheRulesDecidesWhereAnEventGoes() throws Exception {
    hub.send(
        List.of(
            SentEvent.valid(1, "warm", START, 35), SentEvent.valid(1, "impossible", START, 300)));

    Map<String, String> settings =
        Map.of(
            "source.bounded",
            "true",
            "rule.temperature.range",
            "-20..30",
            "rule.temperature.severity",
            "warn");
    job = start(1, settings, new Configuration());
    job.getJobExecutionResult().get();

    assertThat(row("silver", "stationId", "warm"))
        .containsEntry("temperature", 35.0)
        .containsEntry("qualityFlags", "OUT_OF_RANGE:temperature");
    assertThat(row("gold/weather_by_station", "stationId", "warm"))
        .containsEntry("temperature", 35.0);
    assertThat(row("quarantine", "partitionKey", "impossible"))
        .containsEntry("reason", "OUT_OF_RANGE")
        .containsEntry("ruleVersion", run.config(settings).rules().version());
  }

  private static String camel(String prefix, String name) {
    return prefix.isEmpty()
        ? name
        : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The one row with these values. */
  private Map<String, Object> row(String table, Object... columnsAndValues) {
    List<Map<String, Object>> found =
        rows(table).stream()
            .filter(
                row -> {
                  for (int i = 0; i < columnsAndValues.length; i += 2) {
                    if (!columnsAndValues[i + 1].equals(row.get(columnsAndValues[i]))) {
                      return false;
                    }
                  }
                  return true;
                })
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailureInAnOperatorLosesAndDoublesNothing(boolean unaligned) throws Exception {
    hub.send(weather(0, 2000));
    job = run.start(2, Map.of(), checkpoints(unaligned), FailingDecoder::new);
    run.awaitBronze(2000);

    FailingDecoder.arm();
    hub.send(weather(2000, 2000));
    run.awaitBronze(4000);
    assertThat(FailingDecoder.hasFailed()).isTrue();
    run.stop(true);

    expected.read(hub.sent()).assertEquals(run.lake());
  }

  @Test
  void aFailureRightAfterACommitLosesAndDoublesNothing() throws Exception {
    Map<String, String> settings =
        Map.of("hadoop.io.delta.kernel.logStore.file.impl", FailingLogStore.class.getName());
    hub.send(weather(0, 2000));
    job = start(2, settings, new Configuration());
    run.awaitBronze(2000);

    FailingLogStore.arm();
    hub.send(weather(2000, 2000));
    run.awaitBronze(4000);
    assertThat(FailingLogStore.hasFailed()).isTrue();
    run.stop(true);

    expected.read(hub.sent()).assertEquals(run.lake());
  }

  @Test
  void aNewJobGoesOnFromASavepointWithMoreDataAndOtherParallelism() throws Exception {
    hub.send(weather(0, 2000));
    job = start(2, Map.of(), checkpoints(true));
    run.awaitBronze(2000);
    String savepoint = run.stop(false);

    hub.send(weather(2000, 2000));
    job = start(3, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(4000);
    savepoint = run.stop(false);

    hub.send(weather(4000, 1000));
    job = start(1, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(5000);
    run.stop(true);

    expected.read(hub.sent()).assertEquals(run.lake());
  }

  @Test
  void afterADrainEventsOfTheWindowsItClosedAreLateAndLaterOnesAreNot() throws Exception {
    hub.send(weather(0, 2000));
    job = start(2, Map.of(), new Configuration());
    run.awaitBronze(2000);
    String savepoint = run.stop(true);
    expected.read(hub.sent()).drained().assertEquals(run.lake());

    List<SentEvent> more = weather(1900, 2000, "other-");
    hub.send(more);
    job = start(2, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(4000);
    run.stop(true);

    int lateBefore = expected.lateCount();
    expected.read(more).assertEquals(run.lake());
    assertThat(expected.lateCount()).isGreaterThan(lateBefore + 50);
  }

  @Test
  void smallFilesAreMergedWhileTheJobRunsAndASavepointFromBeforeCanBeRolledBackTo()
      throws Exception {
    run.with("compaction.tables", "all").with("compaction.max.small.files", "4");
    hub.send(weather(0, 1000));
    job = start(2, Map.of(), new Configuration());
    run.awaitBronze(1000);
    String before = run.stop(false);
    long bronzeThen = new DeltaTable(run.lake() + "/bronze").version();
    long goldThen = new DeltaTable(run.lake() + "/gold/weather_by_station").version();

    job = start(2, Map.of(), JobRun.resume(before));
    while (!hasMergeAfter("bronze", bronzeThen)
        || !hasMergeAfter("gold/weather_by_station", goldThen)) {
      assertThat(hub.sent()).hasSizeLessThan(20_000);
      hub.send(weather(hub.sent().size(), 200));
      run.awaitBronze(hub.sent().size());
    }
    run.stop(false);
    long bronzeNow = new DeltaTable(run.lake() + "/bronze").version();

    job = start(2, Map.of("sink.on.rewind", "rollback"), JobRun.resume(before));
    await()
        .atMost(JobRun.PATIENCE)
        .until(() -> new DeltaTable(run.lake() + "/bronze").version() > bronzeNow);
    run.awaitBronze(hub.sent().size());
    run.stop(true);

    expected.read(hub.sent()).assertEquals(run.lake());
  }

  private boolean hasMergeAfter(String table, long version) throws IOException {
    Path log = Path.of(URI.create(run.lake() + "/" + table + "/_delta_log"));
    for (long later = version + 1; ; later++) {
      Path entry = log.resolve("%020d.json".formatted(later));
      if (!Files.exists(entry)) {
        return false;
      }
      if (Files.readString(entry).contains("\"operation\":\"OPTIMIZE\"")) {
        return true;
      }
    }
  }

  @Test
  void silentPartitionsHoldNoWindowOpen() throws Exception {
    hub.send(List.of(SentEvent.valid(1, "only", System.currentTimeMillis(), 20)));
    job =
        start(
            1,
            Map.of(
                "source.idle.timeout",
                "500 ms",
                "window.size",
                "1 s",
                "window.out.of.orderness",
                "1 s"),
            new Configuration());

    await()
        .atMost(JobRun.PATIENCE)
        .until(
            () ->
                rows("gold/weather_summary").size() == 1
                    && rows("gold/weather_by_station").size() == 1);
  }

  @Test
  void deduplicationMayBeSwitchedOffAndOnFromOneSavepointToTheNext() throws Exception {
    SentEvent event = SentEvent.valid(0, "a", START, 20).withId("1");
    Map<String, String> off = Map.of("deduplication.enabled", "false");
    hub.send(List.of(event, event));
    job = start(2, Map.of(), new Configuration());
    run.awaitBronze(2);
    String savepoint = run.stop(false);
    assertThat(rows("silver")).hasSize(1);

    hub.send(List.of(event, event));
    job = start(2, off, JobRun.resume(savepoint));
    run.awaitBronze(4);
    savepoint = run.stop(false);
    assertThat(rows("silver")).hasSize(3);

    hub.send(List.of(event, event));
    job = start(2, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(6);
    run.stop(true);
    assertThat(rows("silver")).as("what came before it was on is forgotten").hasSize(4);
  }

  /**
   * One partition has most events, one is an hour behind it, one an hour ahead, and a fourth is
   * empty, if there is one: then nothing can close before the end.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void aBacklogOfSkewedPartitionsGivesTheSameGoldAsALiveRun(int partitions) throws Exception {
    hub.close();
    openHub(partitions);
    job = start(2, Map.of("source.idle.timeout", "1 h"), new Configuration());
    for (int i = 0; i < 5; i++) {
      hub.send(skewed(200 * i, 200));
      run.awaitBronze(hub.sent().size());
    }
    if (partitions == 3) {
      await().atMost(JobRun.PATIENCE).until(() -> !rows("gold/weather_summary").isEmpty());
    }
    run.stop(true);

    for (int parallelism : new int[] {1, 3}) {
      String replayed = run.lake() + "-" + parallelism;
      job =
          start(
              parallelism,
              Map.of("source.bounded", "true", "lake.path", replayed),
              new Configuration());
      job.getJobExecutionResult().get();

      for (String table : List.of("gold/weather_by_station", "gold/weather_summary", "late")) {
        assertThat(comparable(new DeltaTable(replayed + "/" + table).rows()))
            .as("%s at a parallelism of %d", table, parallelism)
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(comparable(rows(table)));
      }
    }
  }

  /** Three events of the first partition to one of the third; the second has a tenth of these. */
  private static List<SentEvent> skewed(int from, int count) {
    List<SentEvent> events = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      long time = START + i * 100L - i % 7 * 1_500L;
      int partition = i % 40 == 7 ? 1 : i % 4 == 3 ? 2 : 0;
      long ahead = Duration.ofHours(partition == 1 ? -1 : partition == 2 ? 1 : 0).toMillis();
      events.add(
          SentEvent.valid(partition, "s" + i % 5, time + ahead, i % 40 - 10.5)
              .withId(Integer.toString(i - i % 20 / 19 * 4)));
    }
    return events;
  }

  /** Rows without the time of their processing. */
  private static List<Map<String, Object>> comparable(List<Map<String, Object>> rows) {
    rows.forEach(row -> row.remove("processedTime"));
    rows.forEach(row -> row.remove("enqueuedTime"));
    return rows;
  }

  /**
   * Ordinary events of seven stations in all partitions, ten a second of event time; every 50th
   * invalid, every 40th so late that its window must have closed, the rest with some disorder. Some
   * are copies of the one before in their partition, and some of one so old that it may have been
   * read by the job before.
   */
  private static List<SentEvent> weather(int from, int count) {
    return weather(from, count, "");
  }

  private static List<SentEvent> weather(int from, int count, String ids) {
    List<SentEvent> events = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      if (i % 30 == 29) {
        events.add(event(i - PARTITIONS, ids));
      } else if (i % 100 == 57 && i > 999) {
        events.add(event(i - 333 * PARTITIONS, ids));
      } else {
        events.add(event(i, ids));
      }
    }
    return events;
  }

  private static SentEvent event(int i, String ids) {
    int partition = i % PARTITIONS;
    long time = START + i * 100L;
    SentEvent event;
    if (i % 50 == 49) {
      event = SentEvent.invalid(partition, "{\"number\": " + i + "}");
    } else if (i % 40 == 39 && i > 400) {
      event = SentEvent.valid(partition, "s" + i % 7, time - 20_000, 20);
    } else {
      event = SentEvent.valid(partition, "s" + i % 7, time - i % 11 * 300L, i % 40 - 10.5);
    }
    return event.withId(ids + i);
  }

  private JobClient start(int parallelism, Map<String, String> settings, Configuration flink)
      throws Exception {
    return run.start(parallelism, settings, flink);
  }

  private static Configuration checkpoints(boolean unaligned) {
    return new Configuration().set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
  }

  private List<Map<String, Object>> rows(String table) {
    return run.rows(table);
  }
}
