package io.medallion.job.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.job.event.EventRecord;
import io.medallion.job.testing.WeatherEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker is a map of partitions to records: timestamps by offset. */
class HubGuardTest {

  /** Reached by the operator in spite of serialization. */
  private static Hub hub;

  private final List<OneInputStreamOperatorTestHarness<?, ?>> opened = new ArrayList<>();

  @BeforeEach
  void createHub() {
    hub = new Hub();
    hub.append(0, 10);
    hub.append(1, 10);
  }

  @AfterEach
  void close() throws Exception {
    for (OneInputStreamOperatorTestHarness<?, ?> harness : opened) {
      harness.close();
    }
  }

  @Test
  void theSameHubIsReadOn() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.append(0, 5);

    var after = restored(state);
    read(after, 0, 5);

    assertThat(gaps(after)).isEmpty();
  }

  @Test
  void aHubThatWasCreatedAnewIsRefusedThoughItHasGrownPastThePosition() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub = new Hub();
    hub.topicId = "other";
    hub.append(0, 100);
    hub.append(1, 100);

    assertRefused(state, "its topic id is other, and not topic", "source.generation = 2");
  }

  @Test
  void anotherClusterWithTheSameTopicIdIsTheSameHub() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.clusterId = "elsewhere";
    hub.expire(0, 8);
    hub.expire(1, 8);

    assertThat(restored(state)).isNotNull();
  }

  @Test
  void anotherClusterIsTheSameHubIfARecordShowsIt() throws Exception {
    hub.topicId = null;
    OperatorSubtaskState state = readTo(4);
    hub.clusterId = "elsewhere";
    hub.expire(0, 8);

    assertThat(start(2, 0, state)).as("its own partition shows nothing").isNotNull();
  }

  @Test
  void anotherClusterIsAnotherHubIfNoRecordShowsThatItIsNot() throws Exception {
    hub.topicId = null;
    OperatorSubtaskState state = readTo(4);
    hub.clusterId = "elsewhere";
    hub.expire(0, 8);
    hub.expire(1, 8);

    assertRefused(state, "its cluster id is elsewhere, and not cluster");
  }

  @Test
  void withoutAnyIdTheLastRecordTells() throws Exception {
    hub.withoutIds();
    OperatorSubtaskState state = readTo(4);
    assertThat(restored(state)).isNotNull();

    hub.partitions.get(1).put(4L, 77L);

    assertRefused(state, "partition 1, offset 4 is a record of 1970-01-01T00:00:00.077Z");
  }

  @Test
  void aHubThatEndsBeforeThePositionIsNeverTakenForOneWhoseRecordsExpired() throws Exception {
    hub.withoutIds();
    OperatorSubtaskState state = readTo(9);
    hub = new Hub();
    hub.append(0, 3);
    hub.append(1, 100);

    assertRefused(state, "partition 0 ends before offset 3, but offset 9 was read");
  }

  @Test
  void aHubWithFewerPartitionsIsRefused() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.partitions.remove(1);

    assertRefused(state, "it has no partition 1, of which offset 4 was read");
  }

  @Test
  void anExpiredRecordProvesNothing() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.expire(0, 8);

    var after = restored(state);
    read(after, 0, 5, 8, 8);

    assertThat(gaps(after)).containsExactly("0: 5 to 7 EXPIRED");
  }

  @Test
  void aRecordThatCompactionTookProvesNothing() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.partitions.get(0).remove(4L);

    assertThat(restored(state)).isNotNull();
  }

  @Test
  void offsetsWithoutARecordAreGapsAndTheFirstOneIsNone() throws Exception {
    var guard = start(1, 0, null);

    read(guard, 0, 3);
    read(guard, 0, 4);
    read(guard, 0, 5, 0, 6);
    read(guard, 1, 0);
    read(guard, 0, 7, 0, 9);

    assertThat(gaps(guard)).containsExactly("0: 5 to 5 NO_RECORD", "0: 7 to 8 NO_RECORD");
    assertThat(guard.getSideOutput(HubGuard.GAPS).peek().getValue())
        .satisfies(
            gap -> {
              assertThat(gap.eventHub).isEqualTo("weather");
              assertThat(gap.enqueuedBefore).isEqualTo(1004L);
              assertThat(gap.enqueuedAfter).isEqualTo(1006);
            });
    assertThat(guard.extractOutputValues()).hasSize(5);
  }

  /** As of the first release, which knew of no Event Hub but had positions. */
  @Test
  void offsetsThatAreMissingAtThePositionOfAnOlderStateAreAGapToo() throws Exception {
    var guard = start(1, 0, null);

    read(guard, 0, 3, 0, 5);

    assertThat(gaps(guard)).containsExactly("0: 3 to 4 NO_RECORD");
    assertThat(timeBefore(guard)).isNull();
  }

  @Test
  void aGapAcrossARestartIsExpiredAsFarAsTheRecordsDid() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.append(0, 10);
    hub.expire(0, 8);

    var after = restored(state);
    read(after, 0, 5, 8, 11);

    assertThat(gaps(after)).containsExactly("0: 5 to 7 EXPIRED", "0: 8 to 10 NO_RECORD");
  }

  @Test
  void offsetsNeverGoBack() throws Exception {
    var guard = start(1, 0, null);
    read(guard, 0, 3);

    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> read(guard, 0, 4, 0, 3))
        .withMessageContaining("went back from offset 3 to 3");
  }

  @Test
  void aHubThatIsReplacedWhileTheJobRunsFailsBeforeItsRecordsAreCommitted() throws Exception {
    var guard = start(1, 0, null);
    read(guard, 0, 3);
    guard.prepareSnapshotPreBarrier(1);
    hub.topicId = "other";
    guard.prepareSnapshotPreBarrier(2);
    read(guard, 0, 4);

    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> guard.prepareSnapshotPreBarrier(3));
  }

  @Test
  void withoutIdsItIsNoticedByTheRecordThatWasThereBeforeThoughTheNewHubHasGrownPastIt()
      throws Exception {
    var guard = startWithoutIds(null);
    read(guard, 0, 3);
    guard.prepareSnapshotPreBarrier(1);
    read(guard, 0, 4);
    guard.prepareSnapshotPreBarrier(2);

    hub.replace();
    read(guard, 0, 5);

    assertReplaced(guard, "partition 0, offset 4 is a record of");
  }

  @Test
  void soIsOneThatIsReplacedBeforeTheFirstCheckpoint() throws Exception {
    var guard = startWithoutIds(null);
    read(guard, 0, 3);

    hub.replace();
    read(guard, 0, 4);

    assertReplaced(guard, "partition 0, offset 3 is a record of");
  }

  @Test
  void andByARecordOfAPartitionThatHasNoNewOnes() throws Exception {
    hub.withoutIds();
    var guard = startWithoutIds(readTo(4));

    hub.replace();
    hub.expire(0, 5);
    read(guard, 0, 5);

    assertReplaced(guard, "partition 1, offset 4 is a record of");
  }

  @Test
  void aRecordThatExpiredOrWasCompactedAwayWhileTheJobRunsProvesNothing() throws Exception {
    var guard = startWithoutIds(null);
    read(guard, 0, 3);
    read(guard, 1, 3);
    guard.prepareSnapshotPreBarrier(1);
    hub.expire(0, 4);
    hub.partitions.get(1).remove(3L);
    read(guard, 0, 4);
    guard.prepareSnapshotPreBarrier(2);

    hub.replace();
    read(guard, 0, 5);

    assertReplaced(guard, "partition 0, offset 4 is a record of");
  }

  @Test
  void aBrokerThatWasAwayIsAskedForTheRecordOfBeforeEvenByTheNextRun() throws Exception {
    var guard = startWithoutIds(null);
    read(guard, 0, 3);
    guard.prepareSnapshotPreBarrier(1);
    hub.away = true;
    read(guard, 0, 4);
    guard.prepareSnapshotPreBarrier(2);
    OperatorSubtaskState state = guard.snapshot(2, 2);
    hub.away = false;
    hub.replace();

    assertReplaced(guard, "partition 0, offset 3 is a record of");
    assertRefused(state, "partition 0, offset 3 is a record of");
  }

  @Test
  void aCheckpointCostsOneRoundOfQuestionsAndOneWithoutNewRecordsNone() throws Exception {
    var guard = startWithoutIds(null);
    read(guard, 0, 3);
    read(guard, 1, 3);
    hub.questions.clear();
    guard.prepareSnapshotPreBarrier(1);
    guard.prepareSnapshotPreBarrier(2);
    assertThat(hub.questions).containsExactly("identity", "ranges", "records");

    hub.topicId = "topic";
    read(guard, 0, 4);
    guard.prepareSnapshotPreBarrier(3);
    hub.questions.clear();
    read(guard, 0, 5);
    guard.prepareSnapshotPreBarrier(4);
    assertThat(hub.questions).as("the topic id is enough").containsExactly("identity");
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> startWithoutIds(
      OperatorSubtaskState state) throws Exception {
    hub.withoutIds();
    return start(1, 0, state);
  }

  private static void assertReplaced(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard, String difference) {
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> guard.prepareSnapshotPreBarrier(9))
        .withMessageContaining(difference);
  }

  @Test
  void aBrokerThatIsAwayHoldsNoCheckpointUpAndIsAskedAgain() throws Exception {
    var guard = start(1, 0, null);
    read(guard, 0, 3);
    hub.away = true;
    guard.prepareSnapshotPreBarrier(1);
    hub.away = false;
    hub.topicId = "other";

    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> guard.prepareSnapshotPreBarrier(2));
  }

  @Test
  void anotherTopicIsRefused() throws Exception {
    OperatorSubtaskState state = readTo(4);

    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> start("other", 1, 1, 0, state))
        .withMessageContainingAll(
            "state is of the Event Hub 'weather', but source.topic is 'other'",
            "source.generation = 2");
  }

  @Test
  void aLaterGenerationBeginsAnew() throws Exception {
    OperatorSubtaskState state = readTo(4);
    hub.topicId = "other";

    var after = start("other", 2, 1, 0, state);
    read(after, 0, 1);

    assertThat(gaps(after)).isEmpty();
    OperatorSubtaskState saved = after.snapshot(2, 2);
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> start("weather", 1, 1, 0, saved))
        .withMessageContaining("source.generation = 2, but the settings say 1");
  }

  /** It is the job that ends, and not one attempt after the other. */
  @Test
  void isNotTriedAgain() {
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new RuntimeException(new HubConflictException("")),
                ThrowableType.NonRecoverableError))
        .isPresent();
  }

  @Test
  void partitionsAreKnownWhoeverReadsThemAndTheStateDoesNotMultiply() throws Exception {
    var first = start(2, 0, null);
    var second = start(2, 1, null);
    read(first, 0, 3);
    read(second, 1, 5);
    OperatorSubtaskState state =
        AbstractStreamOperatorTestHarness.repackageState(checkpoint(first), checkpoint(second));
    for (int restart = 0; restart < 3; restart++) {
      var one = start(2, 0, state);
      var two = start(2, 1, state);
      OperatorSubtaskState ofTwo = two.snapshot(1, 1);
      var alone = start(1, 0, ofTwo);
      read(alone, 0, 4, 0, 77);
      assertThat(timeBefore(alone)).as("nothing of partition 0 in the second's state").isNull();
      state = AbstractStreamOperatorTestHarness.repackageState(one.snapshot(1, 1), ofTwo);
    }

    var after = start(1, 0, state);
    read(after, 0, 4, 0, 5);

    assertThat(timeBefore(after)).isEqualTo(1003);
  }

  private static Long timeBefore(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard) {
    return guard.getSideOutput(HubGuard.GAPS).peek().getValue().enqueuedBefore;
  }

  /** The state of a job that read both partitions up to that offset. */
  private OperatorSubtaskState readTo(long last) throws Exception {
    var before = start(1, 0, null);
    for (int partition = 0; partition < 2; partition++) {
      for (long offset = 0; offset <= last; offset++) {
        read(before, partition, offset);
      }
    }
    return checkpoint(before);
  }

  private static OperatorSubtaskState checkpoint(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard) throws Exception {
    guard.prepareSnapshotPreBarrier(1);
    return guard.snapshot(1, 1);
  }

  private void assertRefused(OperatorSubtaskState state, String... reasons) {
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> restored(state))
        .withMessageContainingAll(reasons);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> restored(
      OperatorSubtaskState state) throws Exception {
    return start(1, 0, state);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> start(
      int parallelism, int subtask, OperatorSubtaskState state) throws Exception {
    return start("weather", 1, parallelism, subtask, state);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> start(
      String topic, int generation, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new HubGuard(topic, generation, () -> hub), parallelism, parallelism, subtask);
    opened.add(harness);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void read(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard, int partition, long offset)
      throws Exception {
    read(guard, partition, offset, 0, offset);
  }

  /** Reads a record in whose place another offset was expected. */
  private static void read(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard,
      int partition,
      long expectedOffset,
      long expiredBefore,
      long offset)
      throws Exception {
    EventRecord record = WeatherEvents.event(partition, "a", hub.timestamp(partition, offset));
    record.offset = offset;
    record.expectedOffset = expectedOffset;
    record.expiredBefore = expiredBefore;
    guard.processElement(new StreamRecord<>(record, record.eventTime));
  }

  private static List<String> gaps(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> guard) {
    var gaps = guard.getSideOutput(HubGuard.GAPS);
    return gaps == null
        ? List.of()
        : gaps.stream()
            .map(StreamRecord::getValue)
            .map(
                gap ->
                    "%d: %d to %d %s"
                        .formatted(gap.partition, gap.fromOffset, gap.toOffset, gap.cause))
            .toList();
  }

  private static final class Hub implements EventHubLookup {

    private final Map<Integer, TreeMap<Long, Long>> partitions = new HashMap<>();
    private final Map<Integer, Long> begins = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();
    private String clusterId = "cluster";
    private String topicId = "topic";
    private final List<String> questions = new ArrayList<>();
    private long time = 1000;
    private boolean away;

    void withoutIds() {
      clusterId = null;
      topicId = null;
    }

    /** Has as many records at the same offsets from now on, and other ones. */
    void replace() {
      time += 50_000;
      partitions.values().forEach(records -> records.replaceAll((offset, before) -> time + offset));
    }

    /** Of a record that is there, or was. */
    long timestamp(int partition, long offset) {
      return partitions.get(partition).getOrDefault(offset, time + offset);
    }

    void append(int partition, int records) {
      for (int i = 0; i < records; i++) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        partitions.computeIfAbsent(partition, p -> new TreeMap<>()).put(offset, time + offset);
      }
    }

    void expire(int partition, long begin) {
      partitions.get(partition).headMap(begin).clear();
      begins.put(partition, begin);
    }

    @Override
    public Identity identity() {
      questions.add("identity");
      if (away) {
        throw new BrokerUnavailableException("away");
      }
      return new Identity(clusterId, topicId);
    }

    @Override
    public Map<Integer, Range> ranges(Collection<Integer> wanted) {
      questions.add("ranges");
      return wanted.stream()
          .filter(partitions::containsKey)
          .collect(
              Collectors.toMap(
                  partition -> partition,
                  partition -> new Range(begins.getOrDefault(partition, 0L), ends.get(partition))));
    }

    @Override
    public Map<Integer, Mark> records(Map<Integer, Long> offsets) {
      questions.add("records");
      Map<Integer, Mark> found = new HashMap<>();
      offsets.forEach(
          (partition, offset) -> {
            Map.Entry<Long, Long> record = partitions.get(partition).ceilingEntry(offset);
            if (record != null) {
              found.put(partition, new Mark(record.getKey(), record.getValue()));
            }
          });
      return found;
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
