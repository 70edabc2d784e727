package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.job.hub.HubConflictException;
import io.medallion.job.testing.Senders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowingConsumer;
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
 * What becomes of a job whose Event Hub is not what it was: another one of the same name, one with
 * offsets that have no record.
 */
class EventHubChangesITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Map<String, String> BROKER_TIME =
      Map.of("message.timestamp.type", "LogAppendTime");

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
    senders = new Senders(broker, "weather-" + UUID.randomUUID(), 2, BROKER_TIME);
    run = new JobRun(broker, folder, senders.topic());
  }

  @AfterEach
  void cleanUp() throws Exception {
    senders.close();
    run.cancel();
  }

  /** Longer than what was read, or shorter: then no retry must wait until it is longer. */
  @ParameterizedTest
  @ValueSource(ints = {200, 5})
  void aHubThatWasCreatedAnewIsNotReadAsIfItWereTheOldOne(int events) throws Exception {
    String savepoint = readAndStop("old", 20);
    senders.deleteTopic();
    senders.createTopic(2, BROKER_TIME);
    send("new", events);

    assertRefused(
        run.start(1, Map.of(), JobRun.resume(savepoint)),
        "is not the one that the job's state is of",
        "source.generation = 2",
        "--allowNonRestoredState");
    assertThat(run.rows("bronze")).hasSize(40);

    // What the message offers.
    Configuration resume =
        JobRun.resume(savepoint).set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    run.with("source.generation", "2").start(2, Map.of(), resume);
    run.awaitBronze(40 + 2 * events);
    savepoint = run.stop(false);
    assertThat(run.rows("silver"))
        .filteredOn(row -> row.get("stationId").equals("new"))
        .extracting(row -> row.get("eventHub"))
        .hasSize(2 * events)
        .containsOnly(senders.topic() + "@2");
    assertThat(run.rows("bronze"))
        .filteredOn(row -> row.get("eventHub").equals(senders.topic()))
        .hasSize(40);

    // And it goes on from there as ever.
    send("newer", 10);
    run.start(1, Map.of(), JobRun.resume(savepoint));
    run.awaitBronze(40 + 2 * events + 20);
  }

  @Test
  void aSavepointIsNotReadWithAnotherTopic() throws Exception {
    String savepoint = readAndStop("old", 20);
    try (Senders others = new Senders(broker, "other-" + UUID.randomUUID(), 2, BROKER_TIME)) {
      JobClient job =
          run.start(1, Map.of("source.topic", others.topic()), JobRun.resume(savepoint));

      assertRefused(
          job, "state is of the Event Hub '" + senders.topic() + "'", "source.generation = 2");
    }
  }

  @Test
  void aHubThatIsReplacedWhileTheJobRunsEndsItBeforeARowOfTheNewOneIsCommitted() throws Exception {
    send("old", 20);
    JobClient job = run.start(2, Map.of(), new Configuration());
    run.awaitBronze(40);

    senders.deleteTopic();
    senders.createTopic(2, BROKER_TIME);
    send("new", 300);

    assertRefused(job, "is not the one that the job's state is of");
    assertThat(run.rows("silver"))
        .extracting(row -> row.get("stationId"))
        .hasSize(40)
        .containsOnly("old");
  }

  @Test
  void expiredRecordsStopTheJobUntilTheyAreGivenUp() throws Exception {
    String savepoint = readAndStop("old", 20);
    send("lost", 10);
    expire(0, 30);
    send("new", 10);

    assertRefused(
        run.start(1, Map.of(), JobRun.resume(savepoint)),
        "Partition 0 of '" + senders.topic() + "': offsets 20 to 29 expired before they were read",
        "source.expired.offsets = skip");

    run.start(1, Map.of("source.expired.offsets", "skip"), JobRun.resume(savepoint));
    run.awaitBronze(40 + 10 + 20);
    run.stop(false);
    assertThat(run.rows("gaps"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("eventHub", senders.topic())
                    .containsEntry("partition", 0)
                    .containsEntry("fromOffset", 20L)
                    .containsEntry("toOffset", 29L)
                    .containsEntry("cause", "EXPIRED"));
  }

  @Test
  void onlyWhatASenderCommittedIsReadAndTheOffsetsItsTransactionsTookAreGaps() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        senders.producer(Map.of("transactional.id", UUID.randomUUID().toString()))) {
      producer.initTransactions();
      for (String station : List.of("a", "b", "aborted", "c")) {
        producer.beginTransaction();
        for (int i = 0; i < 50; i++) {
          producer.send(senders.record(0, null, Senders.timelessEvent(station))).get();
        }
        if (station.equals("aborted")) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }

    run.start(1, Map.of("source.bounded", "true"), new Configuration())
        .getJobExecutionResult()
        .get();

    assertThat(run.rows("silver"))
        .hasSize(150)
        .extracting(row -> row.get("stationId"))
        .doesNotContain("aborted");
    assertThat(run.rows("gaps"))
        .extracting(row -> row.get("fromOffset") + " to " + row.get("toOffset"))
        .containsExactlyInAnyOrder("50 to 50", "101 to 152");
    assertThat(run.rows("gaps")).extracting(row -> row.get("cause")).containsOnly("NO_RECORD");
  }

  /** A transaction's marker is no event: the consumer has passed it, and that is in the state. */
  @Test
  void aMarkerThatExpiresAfterTheLastEventIsNoLoss() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        senders.producer(Map.of("transactional.id", UUID.randomUUID().toString()))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < 20; i++) {
        producer.send(senders.record(0, null, Senders.timelessEvent("old"))).get();
      }
      producer.commitTransaction();
    }
    run.start(1, Map.of(), new Configuration());
    awaitCommittedOffset(0, 21);
    String savepoint = run.stop(false);
    expire(0, 21);

    run.start(1, Map.of(), JobRun.resume(savepoint));
    senders.send(0, Senders.timelessEvent("new"));
    run.awaitBronze(21);
    run.stop(false);

    assertThat(run.rows("gaps"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("fromOffset", 20L)
                    .containsEntry("toOffset", 20L)
                    .containsEntry("cause", "NO_RECORD"));
  }

  private void awaitCommittedOffset(int partition, long offset) throws Exception {
    String group = run.config(Map.of()).source().groupId();
    TopicPartition read = new TopicPartition(senders.topic(), partition);
    try (Admin admin = senders.admin()) {
      await()
          .atMost(JobRun.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          admin
                              .listConsumerGroupOffsets(group)
                              .partitionsToOffsetAndMetadata()
                              .get())
                      .hasEntrySatisfying(
                          read, committed -> assertThat(committed.offset()).isEqualTo(offset)));
    }
  }

  private String readAndStop(String station, int events) throws Exception {
    send(station, events);
    run.start(1, Map.of(), new Configuration());
    run.awaitBronze(2 * events);
    return run.stop(false);
  }

  /** That many to each partition. */
  private void send(String station, int events) throws Exception {
    for (int i = 0; i < 2 * events; i++) {
      senders.send(i % 2, Senders.timelessEvent(station));
    }
    senders.flush();
  }

  private void expire(int partition, long before) throws Exception {
    try (Admin admin = senders.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(senders.topic(), partition),
                  RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  /** The job ends at once, and not one attempt after the other. */
  private static void assertRefused(JobClient job, String... reasons) throws Exception {
    await().atMost(JobRun.PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FAILED);
    ThrowingConsumer<Throwable> says = cause -> assertThat(cause).hasMessageContainingAll(reasons);
    assertThat(job.getJobExecutionResult())
        .failsWithin(JobRun.PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .havingRootCause()
        .satisfies(
            cause -> {
              assertThat(cause.toString()).contains(HubConflictException.class.getSimpleName());
              says.accept(cause);
            });
  }
}
