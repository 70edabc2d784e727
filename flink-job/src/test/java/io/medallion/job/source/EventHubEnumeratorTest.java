package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumStateSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 128 key groups. The connector's part finds the partitions that a test tells it to. */
class EventHubEnumeratorTest {

  private static final int MAX_PARALLELISM = 128;

  @ParameterizedTest
  @CsvSource({
    "4,1", "4,2", "4,3", "4,4", "3,3", "6,3", "6,6", "7,7", "12,5", "32,3", "32,12", "5,8"
  })
  void eachSubtaskGetsAsManyPartitionsAsAnyOtherOrOneMore(int partitions, int parallelism)
      throws Exception {
    Subtasks subtasks = new Subtasks(parallelism);

    subtasks.start(partitions);

    assertThat(subtasks.partitions()).hasSize(partitions);
    assertThat(subtasks.assigned.values())
        .allSatisfy(
            splits ->
                assertThat(splits)
                    .hasSizeBetween(
                        Math.max(1, partitions / parallelism),
                        (partitions + parallelism - 1) / parallelism));
  }

  @Test
  void aPartitionIsReadWhereItsKeyGroupIsAndKeepsItOverRestartsAtAnyParallelism() throws Exception {
    Subtasks before = new Subtasks(2);
    before.start(6);
    Map<Integer, Integer> keyGroups = before.keyGroups();
    List<KafkaPartitionSplit> known = before.splits();

    for (int parallelism : new int[] {3, 1, 6, 8}) {
      Subtasks after = new Subtasks(parallelism);
      after.restart(before.snapshot());
      after.register(0, known);
      for (int subtask = 1; subtask < parallelism; subtask++) {
        assertThat(after.assigned).as("before all have come").isEmpty();
        after.register(subtask, List.of());
      }

      assertThat(after.keyGroups()).isEqualTo(keyGroups);
      after.assigned.forEach(
          (subtask, splits) ->
              assertThat(splits)
                  .allSatisfy(
                      split ->
                          assertThat(
                                  KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                                      MAX_PARALLELISM, parallelism, split.keyGroup()))
                              .isEqualTo(subtask)));
      before = after;
      known = after.splits();
    }
  }

  /** Splits of the release before have no key group. */
  @Test
  void whatReadersOfAnEarlierReleaseHandInIsSpreadAsWhatIsNew() throws Exception {
    Subtasks fresh = new Subtasks(3);
    fresh.start(6);
    Subtasks after = new Subtasks(3);
    after.restart(fresh.snapshot());

    after.register(2, List.of(split(5), split(1), split(0)));
    after.register(0, List.of(split(3)));
    after.register(1, List.of(split(4), split(2)));

    assertThat(after.keyGroups()).isEqualTo(fresh.keyGroups());
  }

  @Test
  void partitionsThatAreAddedLeaveTheOthersWhereTheyAre() throws Exception {
    Subtasks subtasks = new Subtasks(2);
    subtasks.start(4);
    Map<Integer, Integer> before = subtasks.keyGroups();

    subtasks.find(4, 5, 6, 7);

    assertThat(subtasks.keyGroups()).containsAllEntriesOf(before).hasSize(8);
    assertThat(subtasks.assigned.values()).allSatisfy(splits -> assertThat(splits).hasSize(4));
  }

  /** The readers fail after a checkpoint in which they had nothing yet. */
  @Test
  void whatReadersHadNotCheckpointedComesBackAndGoesOutOnce() throws Exception {
    Subtasks subtasks = new Subtasks(2);
    subtasks.start(4);
    Map<Integer, Integer> before = subtasks.keyGroups();
    Map<Integer, List<EventHubSplit>> lost = new HashMap<>(subtasks.assigned);
    EventHubSplit read =
        new EventHubSplit(
            lost.get(0).get(0).getTopicPartition(),
            9,
            KafkaPartitionSplit.NO_STOPPING_OFFSET,
            9,
            EventHubSplit.NONE,
            lost.get(0).get(0).keyGroup());

    subtasks.fail();
    lost.forEach((subtask, splits) -> subtasks.addBack(subtask, splits));
    assertThat(subtasks.snapshot().waiting()).as("in no reader").hasSize(4);
    assertThat(subtasks.events).isEmpty();
    subtasks.register(0, List.of(read));
    subtasks.register(1, List.of());

    assertThat(subtasks.keyGroups()).isEqualTo(before);
    assertThat(subtasks.splits()).hasSize(4).contains(read);
    assertThat(subtasks.snapshot().waiting()).isEmpty();
  }

  @Test
  void whatWaitsAtACheckpointIsInItsStateAndIsAssignedAfterARestart() throws Exception {
    Subtasks before = new Subtasks(2);
    before.start(4);
    Map<Integer, Integer> keyGroups = before.keyGroups();
    List<KafkaPartitionSplit> known = before.splits();
    before.fail();
    before.register(0, known);
    EventHubEnumStateSerializer serializer =
        new EventHubEnumStateSerializer(new KafkaSourceEnumStateSerializer());
    byte[] state = serializer.serialize(before.snapshot());

    Subtasks after = new Subtasks(2);
    after.restart(serializer.deserialize(serializer.getVersion(), state));
    after.register(0, List.of());
    after.register(1, List.of());

    assertThat(after.keyGroups()).isEqualTo(keyGroups);
    assertThat(after.splits()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void readersLearnAtACheckpointThatAllIsAssignedAndAgainWhenTheyCameBack() throws Exception {
    Subtasks subtasks = new Subtasks(2);
    subtasks.start(1);
    assertThat(subtasks.events).isEmpty();

    subtasks.snapshot();
    subtasks.snapshot();
    assertThat(subtasks.events).containsExactlyInAnyOrder(0, 1);
    List<KafkaPartitionSplit> known = subtasks.splits();
    subtasks.fail();
    subtasks.register(1, known);
    subtasks.register(0, List.of());
    subtasks.snapshot();

    assertThat(subtasks.events).containsExactlyInAnyOrder(0, 1, 0, 1);
  }

  @Test
  void readersOfABoundedInputLearnOnceThatThereIsNoMoreAndNotBeforeTheyHaveWhatThereIs()
      throws Exception {
    Subtasks subtasks = new Subtasks(2);
    subtasks.start(0);
    subtasks.discovery.signalNoMoreSplits(DiscoveryContext.READER);
    assertThat(subtasks.ended).containsExactlyInAnyOrder(0, 1);
    subtasks.fail();

    subtasks.register(0, List.of(split(0)));
    assertThat(subtasks.ended).hasSize(2);
    subtasks.register(1, List.of());

    assertThat(subtasks.ended).containsExactlyInAnyOrder(0, 1, 0, 1);
    assertThat(subtasks.assigned).hasSize(1);
  }

  @Test
  void theStateOfAnEarlierReleaseIsTheConnectors() throws Exception {
    KafkaSourceEnumStateSerializer kafka = new KafkaSourceEnumStateSerializer();
    EventHubEnumStateSerializer serializer = new EventHubEnumStateSerializer(kafka);
    KafkaSourceEnumState state = new KafkaSourceEnumState(List.of(split(3)), List.of(), true);

    EventHubEnumState read = serializer.deserialize(kafka.getVersion(), kafka.serialize(state));

    assertThat(read.kafka().assignedSplits()).extracting("partition").containsExactly(3);
    assertThat(read.waiting()).isEmpty();
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(101, new byte[0]))
        .withMessageContaining("written by a newer release");
  }

  private static KafkaPartitionSplit split(int partition) {
    return new KafkaPartitionSplit(new TopicPartition("weather", partition), 5);
  }

  /** The readers of a source, and the enumerator that assigns to them. */
  private static final class Subtasks implements SplitEnumeratorContext<KafkaPartitionSplit> {

    private final int parallelism;
    private final Map<Integer, ReaderInfo> registered = new HashMap<>();
    private final Map<Integer, List<EventHubSplit>> assigned = new TreeMap<>();
    private final List<Integer> events = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();
    private SplitEnumeratorContext<KafkaPartitionSplit> discovery;
    private EventHubEnumerator enumerator;

    Subtasks(int parallelism) {
      this.parallelism = parallelism;
    }

    void start(int partitions) throws Exception {
      restart(new EventHubEnumState(new KafkaSourceEnumState(Set.of(), false), List.of()));
      for (int subtask = 0; subtask < parallelism; subtask++) {
        register(subtask, List.of());
      }
      find(IntStream.range(0, partitions).toArray());
    }

    void restart(EventHubEnumState state) throws Exception {
      enumerator =
          new EventHubEnumerator(
              context -> {
                discovery = context;
                return new Connector();
              },
              state.waiting(),
              this,
              MAX_PARALLELISM);
      enumerator.start();
    }

    void find(int... partitions) {
      discovery.assignSplits(
          new SplitsAssignment<>(
              Map.of(
                  DiscoveryContext.READER,
                  IntStream.of(partitions).mapToObj(EventHubEnumeratorTest::split).toList())));
    }

    void register(int subtask, List<? extends KafkaPartitionSplit> handedIn) {
      registered.put(
          subtask, ReaderInfo.createReaderInfo(subtask, "here", new ArrayList<>(handedIn)));
      enumerator.addReader(subtask);
    }

    void fail() {
      registered.clear();
      assigned.clear();
    }

    void addBack(int subtask, List<EventHubSplit> splits) {
      enumerator.addSplitsBack(new ArrayList<>(splits), subtask);
    }

    EventHubEnumState snapshot() throws Exception {
      return enumerator.snapshotState(1);
    }

    List<KafkaPartitionSplit> splits() {
      List<KafkaPartitionSplit> splits = new ArrayList<>();
      assigned.values().forEach(splits::addAll);
      return splits;
    }

    List<Integer> partitions() {
      return splits().stream().map(KafkaPartitionSplit::getPartition).toList();
    }

    /** By partition. */
    Map<Integer, Integer> keyGroups() {
      Map<Integer, Integer> keyGroups = new TreeMap<>();
      assigned
          .values()
          .forEach(
              splits ->
                  splits.forEach(split -> keyGroups.put(split.getPartition(), split.keyGroup())));
      return keyGroups;
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return registered;
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> splits) {
      splits
          .assignment()
          .forEach(
              (subtask, some) ->
                  some.forEach(
                      split ->
                          assigned
                              .computeIfAbsent(subtask, unused -> new ArrayList<>())
                              .add(EventHubSplit.of(split))));
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      assertThat(event).isInstanceOf(AllAssigned.class);
      events.add(subtask);
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      ended.add(subtask);
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(
        Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
      throw new UnsupportedOperationException();
    }
  }

  /** Knows of no partition by itself. */
  private static final class Connector
      implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) {
      return new KafkaSourceEnumState(Set.of(), true);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
      throw new AssertionError("The connector's reader never fails");
    }

    @Override
    public void addReader(int subtask) {}

    @Override
    public void close() {}
  }
}
