package io.medallion.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medallion.broker.EmbeddedBroker;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventJudge;
import io.medallion.generator.event.InvalidKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventGeneratorTest {

  private static final int PARTITIONS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker =
        EmbeddedBroker.builder()
            .dataDir(folder.resolve("broker"))
            .connectionString(
                "Endpoint=sb://localhost/;SharedAccessKeyName=local;SharedAccessKey=abc+/def==")
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void theSummaryCountsExactlyWhatArrived() throws Exception {
    GeneratorOptions options =
        GeneratorOptions.builder()
            .rate(Rate.MAX)
            .events(30_000)
            .stations(20)
            .invalidRatio(0.1)
            .duplicateRatio(0.05)
            .lateRatio(0.05)
            .futureRatio(0.02)
            .build();

    GeneratorSummary summary = run(options, "mixed");

    Arrivals arrivals = Arrivals.of(Topics.read(broker, "mixed"), options);
    assertThat(summary.succeeded()).isTrue();
    assertThat(summary.sent()).isEqualTo(30_000);
    assertThat(summary.acknowledged()).isEqualTo(arrivals.total);
    assertThat(summary.onTime()).isEqualTo(arrivals.onTime);
    assertThat(summary.late()).isEqualTo(arrivals.late).isPositive();
    assertThat(summary.duplicate()).isEqualTo(arrivals.duplicate).isPositive();
    assertThat(summary.future()).isEqualTo(arrivals.future).isPositive();
    Map<InvalidKind, Long> invalid = new EnumMap<>(summary.invalid());
    assertThat(invalid.remove(InvalidKind.VALUE_NOT_ALLOWED)).isZero();
    assertThat(invalid).isEqualTo(arrivals.invalid);
    assertThat(invalid.values()).doesNotContain(0L);
    assertThat(
            summary.onTime()
                + summary.late()
                + summary.duplicate()
                + summary.future()
                + summary.invalidTotal())
        .isEqualTo(summary.acknowledged());
    assertThat(summary.firstEventTime()).contains(arrivals.firstOnTime);
    assertThat(summary.lastEventTime()).contains(arrivals.lastOnTime);
  }

  @Test
  void aRunIsRepeatedByItsSeedAndStartTime() {
    GeneratorOptionsBuilder options =
        GeneratorOptions.builder().rate(Rate.MAX).events(5_000).invalidRatio(0.1).seed(42);
    GeneratorSummary first = run(options.build(), "first");

    run(options.startTime(first.startTime()).build(), "second");

    assertThat(contents("second")).isEqualTo(contents("first"));
  }

  @Test
  void aPacedRunSendsWhatIsDueAndNothingAheadOfTheClock() {
    GeneratorOptions options =
        GeneratorOptions.builder().rate(new Rate(2_000)).duration(Duration.ofSeconds(2)).build();
    List<GeneratorProgress> reports = new ArrayList<>();
    broker.createTopic("paced", PARTITIONS);

    GeneratorSummary summary =
        EventGenerator.run(options, target("paced"), reports::add, () -> false);

    assertThat(summary.acknowledged()).isEqualTo(4_000);
    assertThat(summary.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1_999));
    assertThat(reports).isNotEmpty();
    assertThat(Topics.read(broker, "paced"))
        .allSatisfy(
            record ->
                assertThat(eventTime(record).toEpochMilli())
                    .isLessThanOrEqualTo(record.timestamp()));
  }

  @Test
  void aStoppedRunHasSentAndCountedWhatItSaysItHas() {
    AtomicBoolean stop = new AtomicBoolean();
    broker.createTopic("stopped", PARTITIONS);
    GeneratorOptions options = GeneratorOptions.builder().rate(new Rate(5_000)).build();

    GeneratorSummary summary =
        EventGenerator.run(
            options, target("stopped"), progress -> stop.set(progress.sent() > 0), stop::get);

    assertThat(summary.succeeded()).isTrue();
    assertThat(summary.acknowledged()).isPositive().isEqualTo(Topics.count(broker, "stopped"));
  }

  @Test
  void seedFormatSendsTheOriginalDocument() throws Exception {
    run(
        GeneratorOptions.builder().rate(Rate.MAX).events(100).format(EventFormat.SEED).build(),
        "seed");

    for (ConsumerRecord<byte[], byte[]> record : Topics.read(broker, "seed")) {
      Set<String> fields = new HashSet<>();
      JSON.readTree(record.value()).fieldNames().forEachRemaining(fields::add);
      assertThat(fields)
          .containsExactlyInAnyOrder(
              "temperature",
              "humidity",
              "windSpeed",
              "windDirection",
              "precipitation",
              "conditions");
    }
  }

  @Test
  void aRefusedEventEndsTheRunAndCountsAsFailed() throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(broker.clientProperties()))) {
      NewTopic tiny =
          new NewTopic("tiny", 1, (short) 1).configs(Map.of("max.message.bytes", "100"));
      admin.createTopics(List.of(tiny)).all().get();
    }

    GeneratorSummary summary =
        EventGenerator.run(
            GeneratorOptions.builder().rate(new Rate(100)).build(),
            target("tiny"),
            ProgressListener.NONE,
            () -> false);

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.acknowledged()).isZero();
    assertThat(summary.failed()).isEqualTo(summary.sent()).isPositive();
    assertThat(summary.failure()).hasValueSatisfying(f -> assertThat(f).contains("RecordTooLarge"));
  }

  @Test
  void nothingIsSentToATopicThatIsNotThere() {
    assertThatThrownBy(
            () ->
                EventGenerator.run(
                    GeneratorOptions.builder().build(),
                    target("absent"),
                    ProgressListener.NONE,
                    () -> false))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("'absent'");
  }

  private static GeneratorSummary run(GeneratorOptions options, String topic) {
    broker.createTopic(topic, PARTITIONS);
    return EventGenerator.run(options, target(topic), ProgressListener.NONE, () -> false);
  }

  private static GeneratorTarget target(String topic) {
    return new GeneratorTarget(broker.clientProperties(), topic);
  }

  /** Keys and bodies, partition by partition. */
  private static Map<Integer, List<String>> contents(String topic) {
    Map<Integer, List<String>> contents = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.read(broker, topic)) {
      String body = record.value() == null ? "" : new String(record.value(), US_ASCII);
      contents
          .computeIfAbsent(record.partition(), p -> new ArrayList<>())
          .add(new String(record.key(), US_ASCII) + body);
    }
    return contents;
  }

  private static Instant eventTime(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Instant.parse(JSON.readTree(record.value()).get("eventTime").textValue());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a job that reads the topic would find, by its own rules. */
  private static final class Arrivals {

    private long total;
    private long onTime;
    private long late;
    private long duplicate;
    private long future;
    private final Map<InvalidKind, Long> invalid = new EnumMap<>(InvalidKind.class);
    private Instant firstOnTime = Instant.MAX;
    private Instant lastOnTime = Instant.MIN;

    static Arrivals of(List<ConsumerRecord<byte[], byte[]>> records, GeneratorOptions options)
        throws Exception {
      Arrivals arrivals = new Arrivals();
      Map<Integer, Instant> newest = new HashMap<>();
      Set<String> ids = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        arrivals.add(record, options, newest, ids);
      }
      return arrivals;
    }

    private void add(
        ConsumerRecord<byte[], byte[]> record,
        GeneratorOptions options,
        Map<Integer, Instant> newest,
        Set<String> ids)
        throws Exception {
      total++;
      Optional<InvalidKind> problem = EventJudge.judge(record.value());
      if (problem.isPresent()) {
        invalid.merge(problem.get(), 1L, Long::sum);
        return;
      }
      JsonNode event = JSON.readTree(record.value());
      Instant time = Instant.parse(event.get("eventTime").textValue());
      assertThat(event.get("stationId").textValue()).isEqualTo(new String(record.key(), US_ASCII));
      if (time.toEpochMilli() > record.timestamp() + Duration.ofMinutes(5).toMillis()) {
        future++;
      } else if (!ids.add(event.get("eventId").textValue())) {
        duplicate++;
      } else if (isLate(time, newest.get(record.partition()), options)) {
        late++;
      } else {
        onTime++;
        newest.merge(record.partition(), time, (a, b) -> a.isAfter(b) ? a : b);
        firstOnTime = time.isBefore(firstOnTime) ? time : firstOnTime;
        lastOnTime = time.isAfter(lastOnTime) ? time : lastOnTime;
      }
    }

    private static boolean isLate(Instant time, Instant newest, GeneratorOptions options) {
      long window = options.window().toMillis();
      long windowEnd = (Math.floorDiv(time.toEpochMilli(), window) + 1) * window;
      return newest != null && windowEnd <= newest.minus(options.outOfOrderness()).toEpochMilli();
    }
  }
}
