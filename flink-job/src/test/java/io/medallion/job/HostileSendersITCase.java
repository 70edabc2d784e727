package io.medallion.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.Senders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sender must not stop, empty or falsify what the others sent: a good station in partition 0, a
 * bad ones beside it. Windows and out-of-orderness of 1 s, an idle timeout of 1.5 s.
 */
class HostileSendersITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int WINDOWS = 4;

  @TempDir static Path brokerFolder;
  private static EmbeddedBroker broker;

  @TempDir Path folder;
  private Senders senders;
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
    open(2, "LogAppendTime");
  }

  private void open(int partitions, String timestampType) throws Exception {
    String topic = "weather-" + UUID.randomUUID();
    senders =
        new Senders(broker, topic, partitions, Map.of("message.timestamp.type", timestampType));
    run =
        new JobRun(broker, folder, topic)
            .with("window.size", "1 s")
            .with("window.out.of.orderness", "1 s")
            .with("source.idle.timeout", "1500 ms")
            .with("event.late.arrival", "2 s");
  }

  @AfterEach
  void cleanUp() throws Exception {
    senders.close();
    run.cancel();
  }

  /** Each of them in a partition of its own. */
  private static final List<Senders.Body> BAD_SENDERS =
      List.of(
          now -> "{\"temperature\": nan}",
          now -> null,
          uptime -> Senders.event("bad", uptime % 100_000),
          now -> Senders.event("bad", now - Duration.ofDays(1).toMillis()),
          now -> Senders.event("bad", now + Duration.ofDays(1).toMillis()),
          now -> Senders.event("bad", now + 240_000),
          seconds -> Senders.event("bad", seconds / 1000),
          microseconds -> Senders.event("bad", microseconds * 1000));

  @Test
  void theGoodStationIsInGoldWhateverBadOnesSend() throws Exception {
    senders.close();
    open(1 + BAD_SENDERS.size(), "LogAppendTime");
    run.start(1, Map.of(), new Configuration());

    await()
        .atMost(JobRun.PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              long now = System.currentTimeMillis();
              senders.send(0, Senders.event("good", now));
              for (int i = 0; i < BAD_SENDERS.size(); i++) {
                senders.send(1 + i, BAD_SENDERS.get(i).at(now));
              }
              return goodWindows().size() >= WINDOWS;
            });

    assertThat(run.rows("late")).extracting(row -> row.get("stationId")).containsOnly("bad");
  }

  /** As with a clock that is ahead: both are in the same partition here. */
  @Test
  void aClockAheadInTheSamePartitionMakesNobodyElsesEventsLate() throws Exception {
    run.start(1, Map.of(), new Configuration());

    await()
        .atMost(JobRun.PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              long now = System.currentTimeMillis();
              senders.send(0, Senders.event("bad", now + 240_000));
              senders.send(0, Senders.event("good", now));
              return goodWindows().size() >= WINDOWS;
            });

    assertThat(run.rows("late")).isEmpty();
  }

  /** Other people's topics let senders set the timestamps. */
  @Test
  void timestampsOfTheSenderHoldNobodyUpEither() throws Exception {
    long[] timestamps = {5, 86_400_000, 1_000_000_000_000L};
    senders.close();
    open(1 + timestamps.length, "CreateTime");
    run.start(1, Map.of(), new Configuration());

    await()
        .atMost(JobRun.PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              long now = System.currentTimeMillis();
              senders.send(0, now, Senders.event("good", now));
              for (int i = 0; i < timestamps.length; i++) {
                senders.send(1 + i, timestamps[i], Senders.timelessEvent("bad"));
              }
              return goodWindows().size() >= WINDOWS;
            });
  }

  /** The backlog takes ten seconds to read and a minute of event time. */
  @Test
  void anEmptyPartitionHoldsNoWindowOpenWhileAnotherHasABacklog() throws Exception {
    int backlog = 1000;
    long start = System.currentTimeMillis() - Duration.ofMinutes(1).toMillis();
    for (int i = 0; i < backlog; i++) {
      senders.send(0, Senders.event("good", start + i * 60L));
    }
    senders.flush();
    run.with("event.late.arrival", "off").with("kafka.max.partition.fetch.bytes", "2048");
    run.start(1, Map.of(), new Configuration(), SlowDecoder::new);

    await().atMost(JobRun.PATIENCE).until(() -> goodWindows().size() >= WINDOWS);

    assertThat(run.rows("bronze")).hasSizeLessThan(backlog);
  }

  @Test
  void theNumberOfFilesIsNotForASenderToSet() throws Exception {
    long now = System.currentTimeMillis();
    int dates = 1000;
    for (int i = 0; i < dates; i++) {
      senders.send(0, Senders.event("bad", now - Duration.ofDays(i).toMillis()));
    }
    senders.flush();
    run.start(1, Map.of("source.bounded", "true"), new Configuration())
        .getJobExecutionResult()
        .get();

    assertThat(run.rows("quarantine"))
        .extracting(row -> row.get("reason"))
        .containsOnly("PAST_EVENT_TIME");
    assertThat(dates(run.rows("silver"), "eventDate").size()).isLessThanOrEqualTo(92);
    assertThat(run.rows("silver").size() + run.rows("quarantine").size()).isEqualTo(dates);
  }

  @Test
  void norIsItByTheTimestampsOfRecords() throws Exception {
    senders.close();
    open(1, "CreateTime");
    long now = System.currentTimeMillis();
    int records = 1000;
    for (int i = 0; i < records; i++) {
      String body = i % 2 == 0 ? "[]" : Senders.timelessEvent("bad");
      senders.send(0, now - Duration.ofDays(20L * i).toMillis(), body);
    }
    senders.flush();
    run.start(1, Map.of("source.bounded", "true"), new Configuration())
        .getJobExecutionResult()
        .get();

    for (String table : List.of("bronze", "quarantine")) {
      assertThat(dates(run.rows(table), "enqueuedDate").size()).as(table).isLessThanOrEqualTo(92);
    }
    assertThat(dates(run.rows("silver"), "eventDate").size()).isLessThanOrEqualTo(182);
    assertThat(run.rows("bronze")).hasSize(records);
  }

  /** A string and a timestamp of AMQP, a name twice, a value that is null, one that is no text. */
  @Test
  void whatASenderSetBesideTheBodyStaysByteForByte() throws Exception {
    byte[] key = HexFormat.of().parseHex("00ff80");
    Object[][] headers = {
      {"device", HexFormat.of().parseHex("a103646576")},
      {"created", HexFormat.of().parseHex("830000000000000000")},
      {"twice", "first".getBytes(UTF_8)},
      {"twice", "the second".getBytes(UTF_8)},
      {"none", null},
      {"binary", HexFormat.of().parseHex("fffe")}
    };
    for (String body : new String[] {Senders.timelessEvent("a"), "[]"}) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(senders.topic(), 0, null, key, body.getBytes(UTF_8));
      for (Object[] header : headers) {
        record.headers().add((String) header[0], (byte[]) header[1]);
      }
      senders.send(record);
    }
    senders.flush();
    run.start(1, Map.of("source.bounded", "true"), new Configuration())
        .getJobExecutionResult()
        .get();

    List<Map<String, Object>> rows = new ArrayList<>(run.rows("bronze"));
    assertThat(rows).hasSize(2);
    assertThat(rows)
        .extracting(row -> row.get("properties"))
        .allSatisfy(
            properties ->
                assertThat(properties)
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                    .containsEntry("device", "dev")
                    .containsEntry("created", "1970-01-01T00:00:00Z")
                    .containsEntry("twice", "the second")
                    .containsEntry("none", null)
                    .containsEntry("binary", "hex:fffe"));
    rows.addAll(run.rows("quarantine"));
    assertThat(rows).hasSize(3);
    for (Map<String, Object> row : rows) {
      assertThat(row.get("partitionKey")).isEqualTo("hex:00ff80");
      assertThat((byte[]) row.get("key")).isEqualTo(key);
      assertThat(row.get("timestampType")).isEqualTo("LogAppendTime");
      List<?> sent = (List<?>) row.get("headers");
      assertThat(sent).hasSize(headers.length);
      for (int i = 0; i < headers.length; i++) {
        Map<?, ?> header = (Map<?, ?>) sent.get(i);
        assertThat(header.get("name")).isEqualTo(headers[i][0]);
        assertThat((byte[]) header.get("value")).isEqualTo((byte[]) headers[i][1]);
      }
    }
  }

  private static Set<Object> dates(List<Map<String, Object>> rows, String column) {
    Set<Object> dates = new HashSet<>();
    rows.forEach(row -> dates.add(row.get(column)));
    return dates;
  }

  private List<Map<String, Object>> goodWindows() {
    return run.rows("gold/weather_by_station").stream()
        .filter(row -> row.get("stationId").equals("good"))
        .toList();
  }

  /** Takes ten milliseconds for an event. */
  private static final class SlowDecoder implements EventDecoder {

    private final EventDecoder real;

    SlowDecoder(Rules rules) {
      real = EventDecoder.of(rules);
    }

    @Override
    public void decode(byte[] body, EventRecord record) {
      for (long until = System.nanoTime() + 10_000_000; System.nanoTime() < until; ) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
      real.decode(body, record);
    }
  }
}
