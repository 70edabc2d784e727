package io.medallion.job.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.hub.HubName;
import io.medallion.job.testing.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A retention of 100 ms. What is sent is told as {@code station-id}; what comes out likewise. */
class DeduplicatorTest {

  private static final DeduplicationConfig ON =
      new DeduplicationConfig(true, Duration.ofMillis(100), 1000);
  private static final DeduplicationConfig OFF =
      new DeduplicationConfig(false, Duration.ofMillis(100), 1000);

  /** A saved partition without ids: version, Event Hub, partition, two longs, four sizes. */
  private static final int EMPTY = 1 + 4 + "weather".length() + 4 + 2 * 8 + 4 * 4;

  private final List<OneInputStreamOperatorTestHarness<?, ?>> opened = new ArrayList<>();
  private long offset;

  /** An operator, what it let pass, and what it took out. */
  private record Subtask(
      Deduplicator operator,
      OneInputStreamOperatorTestHarness<WeatherRecord, WeatherRecord> harness,
      List<String> duplicates) {

    List<String> unique() {
      return harness.extractOutputValues().stream()
          .map(
              event ->
                  event.eventId == null
                      ? event.stationId.value
                      : event.stationId + "-" + new String(event.eventId, StandardCharsets.UTF_8))
          .toList();
    }
  }

  @AfterEach
  void close() throws Exception {
    for (OneInputStreamOperatorTestHarness<?, ?> harness : opened) {
      harness.close();
    }
  }

  @Test
  void theFirstCopyCountsAndLaterOnesAreTakenOut() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "a-2", 20);
    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "a-1", 10);

    assertThat(subtask.unique()).containsExactly("a-1", "a-2");
    assertThat(subtask.duplicates()).containsExactly("a-1", "a-1");
  }

  @Test
  void stationsCountForThemselvesAndSoDoPartitions() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "b-1", 10);
    send(subtask, 7, "a-1", 10);

    assertThat(subtask.duplicates()).isEmpty();
  }

  /** As where a device starts counting from the beginning. */
  @Test
  void anEventOfAnotherTimeIsNoCopyThoughItHasTheIdOfOneAndIsFoundAgainItself() throws Exception {
    Subtask subtask = start(ON);

    for (int round = 0; round < 2; round++) {
      for (long time : new long[] {10, 20, 30}) {
        send(subtask, 0, "a-1", time);
      }
    }

    assertThat(subtask.unique()).containsExactly("a-1", "a-1", "a-1");
    assertThat(subtask.duplicates()).containsExactly("a-1", "a-1", "a-1");
    assertThat(subtask.operator().conflicts()).isEqualTo(2);
  }

  /** The conflicts are found again in the generation before and over restarts, too. */
  @Test
  void conflictsAreRememberedAsLongAsOtherIds() throws Exception {
    Subtask before = start(ON);
    for (long time : new long[] {150, 160, 170}) {
      send(before, 0, "a-1", time);
    }
    send(before, 0, "a", 200);

    Subtask after = restored(ON, 1, 0, state(before));
    for (long time : new long[] {150, 160, 170, 180, 180}) {
      send(after, 0, "a-1", time);
    }

    assertThat(after.duplicates()).containsExactly("a-1", "a-1", "a-1", "a-1");
    assertThat(after.unique()).containsExactly("a-1");
  }

  @Test
  void anEventThatTellsNoTimeIsACopyIfItsBodyIsTheSame() throws Exception {
    Subtask subtask = start(ON);

    sendTimeless(subtask, "a-1", 10, "20 °C");
    sendTimeless(subtask, "a-1", 20, "20 °C");
    sendTimeless(subtask, "a-1", 30, "21 °C");

    assertThat(subtask.unique()).containsExactly("a-1", "a-1");
    assertThat(subtask.operator().conflicts()).isEqualTo(1);
  }

  @Test
  void aSenderWithOneIdForAllItsEventsCostsNoMoreThanOthers() throws Exception {
    Subtask subtask = start(new DeduplicationConfig(true, Duration.ofDays(1), 4_000_000));

    // By a search through all events of the id, this would take hours.
    for (int i = 0; i < 1_000_000; i++) {
      send(subtask, 0, "a-1", i);
    }

    assertThat(subtask.duplicates()).isEmpty();
  }

  @Test
  void aPartitionOfAnotherEventHubIsAnotherPartition() throws Exception {
    Subtask before = start(ON);
    send(before, 0, "a-1", 10);

    Subtask after = start(2, ON, 1, 0, state(before));
    send(after, 0, "a-1", 10);

    assertThat(after.unique()).containsExactly("a-1");
  }

  /**
   * Made by the first release: at offset 7 and time 150, a-0 in the generation before, a-1 and a-2
   * in the current one. It did not keep the times of events.
   */
  private static final byte[] FIRST_RELEASE =
      HexFormat.of()
          .parseHex(
              "01000000000000000000000007000000000000009600000001d3bdd27684f41654a16b4a7121cce22d"
                  + "0000000247feb6abea72ead6c02f7be3b4cbe55d080a31371454dcba22a46faa5dd79ee2");

  @Test
  void idsOfTheFirstReleaseAreTakenForCopiesUntilTheyHaveAged() throws Exception {
    OperatorSubtaskState state = new SavedElement(FIRST_RELEASE).state();

    Subtask after = restored(ON, 1, 0, state);
    for (String id : List.of("a-0", "a-1", "a-3")) {
      send(after, 0, id, 151);
    }
    assertThat(after.duplicates()).containsExactly("a-0", "a-1");
    Subtask again = restored(ON, 1, 0, state(after));
    send(again, 0, "a-2", 299);
    send(again, 0, "a-3", 151);
    assertThat(again.duplicates()).containsExactly("a-2", "a-3");
    send(again, 0, "a", 300);
    send(again, 0, "a-1", 152);

    assertThat(again.duplicates()).as("aged").containsExactly("a-2", "a-3");
  }

  @Test
  void idsOfTheFirstReleaseSayNothingOfAnotherEventHub() throws Exception {
    OperatorSubtaskState state = new SavedElement(FIRST_RELEASE).state();

    Subtask after = start(2, ON, 1, 0, state);
    send(after, 0, "a-1", 151);

    assertThat(after.unique()).containsExactly("a-1");
  }

  @Test
  void aFormThatOnlyANewerReleaseKnowsIsRefused() throws Exception {
    byte[] newer = FIRST_RELEASE.clone();
    newer[0] = 3;

    assertThatIllegalStateException()
        .isThrownBy(() -> SavedIds.of(newer))
        .withMessageContaining("written by a newer release");
  }

  @Test
  void eventsWithoutAnIdAreNeverCopies() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a", 10);
    send(subtask, 0, "a", 10);

    assertThat(subtask.unique()).containsExactly("a", "a");
    assertThat(stateBytes(subtask)).as("and leave nothing but the progress").isEqualTo(EMPTY);
  }

  @Test
  void anIdIsRememberedForTheRetentionOfThePartitionsProgressAtLeast() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 199);
    send(subtask, 0, "a", 299);
    send(subtask, 0, "a-1", 199);
    send(subtask, 0, "a-2", 200);
    send(subtask, 0, "a", 150);
    send(subtask, 0, "a-2", 200);

    assertThat(subtask.duplicates()).as("late ones too").containsExactly("a-1", "a-2");
  }

  @Test
  void afterTwiceTheRetentionNothingIsLeftOfAnId() throws Exception {
    Subtask subtask = start(ON);
    for (int i = 0; i < 100; i++) {
      send(subtask, 0, "a-" + i, 100 + i);
    }
    long full = stateBytes(subtask);

    send(subtask, 0, "a", 299);
    assertThat(stateBytes(subtask)).isEqualTo(full);
    send(subtask, 0, "a", 300);

    assertThat(stateBytes(subtask)).isEqualTo(EMPTY);
    send(subtask, 0, "a-99", 199);
    assertThat(subtask.duplicates()).isEmpty();
  }

  @Test
  void aJumpInTimeForgetsAsTheTimeBetweenWouldHave() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "a", 100_000);
    send(subtask, 0, "a-1", 10);

    assertThat(subtask.duplicates()).isEmpty();
  }

  @Test
  void moreIdsThanAllowedMakeItForgetTheOldestEarlyAndNeverHoldMore() throws Exception {
    Subtask subtask = start(new DeduplicationConfig(true, Duration.ofDays(1), 20));

    for (int i = 0; i < 1000; i++) {
      send(subtask, 0, "a-" + i, 1);
      assertThat(stateBytes(subtask)).isLessThanOrEqualTo(EMPTY + 20 * 16);
    }
    send(subtask, 0, "a-989", 1);
    send(subtask, 0, "a-0", 1);

    assertThat(subtask.duplicates()).containsExactly("a-989");
  }

  @Test
  void aRestartForgetsNothing() throws Exception {
    Subtask before = start(ON);
    for (int i = 0; i < 500; i++) {
      send(before, 0, "a-" + i, 100 + i / 5);
    }
    send(before, 0, "a", 205);

    Subtask after = restored(ON, 1, 0, state(before));
    for (int i = 0; i < 500; i++) {
      send(after, 0, "a-" + i, 100 + i / 5);
    }
    assertThat(after.unique()).isEmpty();
    send(after, 0, "a", 300);
    send(after, 0, "a-1", 100);
    assertThat(after.unique()).as("nor does it keep longer").containsExactly("a", "a-1");
  }

  @Test
  void idsFollowTheirPartitionWhenTheJobIsRescaled() throws Exception {
    List<Subtask> two = started(2);
    send(two.get(0), 0, "a-1", 10);
    send(two.get(1), 1, "b-1", 10);
    OperatorSubtaskState saved = state(two);
    long one = stateBytes(two.get(0)) + stateBytes(two.get(1));

    // Nobody sees an event for some restarts, each time with another parallelism.
    for (int parallelism : new int[] {3, 3, 1, 2}) {
      List<Subtask> idle = restored(parallelism, saved);
      assertThat(idle.stream().mapToLong(DeduplicatorTest::stateBytes).sum())
          .as("saved once, by one of %d", parallelism)
          .isEqualTo(one);
      saved = state(idle);
    }
    List<Subtask> three = restored(3, saved);
    send(three.get(2), 0, "a-1", 10);
    send(three.get(2), 0, "a-2", 10);
    send(three.get(1), 1, "b-1", 10);
    Subtask last = restored(ON, 1, 0, state(three));
    send(last, 0, "a-1", 10);
    send(last, 0, "a-2", 10);
    send(last, 1, "b-1", 10);

    assertThat(three.get(2).duplicates()).containsExactly("a-1");
    assertThat(three.get(1).duplicates()).containsExactly("b-1");
    assertThat(last.unique()).isEmpty();
  }

  /** The keeper goes on saving what it restored: of two states of a partition the newer counts. */
  @Test
  void restartsInWhichPartitionsMoveDoNotMultiplyTheState() throws Exception {
    List<Subtask> subtasks = started(3);
    for (int i = 0; i < 100; i++) {
      send(subtasks.get(0), 0, "a-" + i, 10);
    }
    long once = stateBytes(subtasks.get(0));
    for (int restart = 1; restart <= 6; restart++) {
      subtasks = restored(3, state(subtasks));
      send(subtasks.get(restart % 3), 0, "a-" + restart, 10);
      assertThat(subtasks.get(restart % 3).duplicates()).hasSize(1);
      assertThat(subtasks.stream().mapToLong(DeduplicatorTest::stateBytes).sum())
          .isLessThanOrEqualTo(2 * once);
    }
  }

  @Test
  void whatAPartitionOfAnotherSubtaskLeftExpires() throws Exception {
    Subtask before = start(ON);
    send(before, 0, "a-1", 1000);
    send(before, 1, "b-1", 1000);
    List<Subtask> two = restored(2, state(before));
    for (Subtask subtask : two) {
      subtask.harness().processWatermark(new Watermark(1201));
    }
    assertThat(stateBytes(two.get(0))).as("the keeper waits for the owner").isPositive();

    for (Subtask subtask : two) {
      subtask.harness().setProcessingTime(200);
      subtask.harness().processWatermark(new Watermark(1202));
    }

    assertThat(two).allSatisfy(subtask -> assertThat(stateBytes(subtask)).isZero());
  }

  /** Its keeper is ahead in event time and lets go, while the owner waits for its first event. */
  @Test
  void idsAreNotLostWhileTheirPartitionIsBehindTheOthers() throws Exception {
    Subtask before = start(ON);
    send(before, 0, "a-1", 1000);
    List<Subtask> two = restored(2, state(before));
    two.get(0).harness().setProcessingTime(200);
    two.get(0).harness().processWatermark(new Watermark(9000));
    two.get(1).harness().setProcessingTime(200);
    two.get(1).harness().processWatermark(new Watermark(1100));
    assertThat(stateBytes(two.get(0))).isZero();

    List<Subtask> after = restored(2, state(two));
    send(after.get(1), 0, "a-1", 1000);

    assertThat(after.get(1).duplicates()).containsExactly("a-1");
  }

  @Test
  void aDrainForgetsNothing() throws Exception {
    Subtask before = start(ON);
    send(before, 0, "a-1", 1000);
    Subtask drained = restored(ON, 1, 0, state(before));
    drained.harness().setProcessingTime(1000);
    drained.harness().processWatermark(Watermark.MAX_WATERMARK);

    Subtask after = restored(ON, 1, 0, state(drained));
    send(after, 0, "a-1", 1000);

    assertThat(after.duplicates()).containsExactly("a-1");
  }

  @Test
  void switchedOffItTakesNothingOutAndForgets() throws Exception {
    Subtask on = start(ON);
    send(on, 0, "a-1", 10);

    Subtask off = restored(OFF, 1, 0, state(on));
    send(off, 0, "a-1", 10);
    send(off, 0, "a-1", 10);
    assertThat(off.unique()).containsExactly("a-1", "a-1");
    assertThat(stateBytes(off)).isZero();

    Subtask again = restored(ON, 1, 0, state(off));
    send(again, 0, "a-1", 10);
    assertThat(again.unique()).containsExactly("a-1");
  }

  @Test
  void anotherRetentionAndLimitTakeOverWhatIsRemembered() throws Exception {
    Subtask before = start(ON);
    send(before, 0, "a-1", 10);
    send(before, 0, "a-2", 10);

    Subtask after =
        restored(new DeduplicationConfig(true, Duration.ofMillis(7), 2), 1, 0, state(before));
    send(after, 0, "a-1", 10);
    send(after, 0, "a-3", 10);
    send(after, 0, "a-2", 10);
    send(after, 0, "a-4", 10);

    assertThat(after.duplicates()).containsExactly("a-1", "a-2");
  }

  private Subtask start(DeduplicationConfig config) throws Exception {
    return start(config, 1, 0, null);
  }

  private List<Subtask> started(int parallelism) throws Exception {
    return restored(parallelism, null);
  }

  private List<Subtask> restored(int parallelism, OperatorSubtaskState state) throws Exception {
    List<Subtask> subtasks = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      subtasks.add(start(ON, parallelism, subtask, state));
    }
    return subtasks;
  }

  private Subtask restored(
      DeduplicationConfig config, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    return start(config, parallelism, subtask, state);
  }

  /** A union list gives all of a state to every subtask, as here. */
  private Subtask start(
      DeduplicationConfig config, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    return start(1, config, parallelism, subtask, state);
  }

  private Subtask start(
      int generation,
      DeduplicationConfig config,
      int parallelism,
      int subtask,
      OperatorSubtaskState state)
      throws Exception {
    Deduplicator operator = new Deduplicator(new HubName("weather", generation), config);
    var harness =
        new OneInputStreamOperatorTestHarness<>(operator, parallelism, parallelism, subtask);
    opened.add(harness);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return new Subtask(operator, harness, new ArrayList<>());
  }

  private static OperatorSubtaskState state(Subtask subtask) throws Exception {
    return subtask.harness().snapshot(1, 1);
  }

  private static OperatorSubtaskState state(List<Subtask> subtasks) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask subtask : subtasks) {
      states.add(state(subtask));
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  /** What a checkpoint now saves. */
  private static long stateBytes(Subtask subtask) {
    try {
      state(subtask);
      ListState<byte[]> saved =
          subtask
              .operator()
              .getOperatorStateBackend()
              .getUnionListState(
                  new ListStateDescriptor<>(
                      "ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
      return StreamSupport.stream(saved.get().spliterator(), false)
          .mapToLong(element -> element.length)
          .sum();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void send(Subtask subtask, int partition, String stationAndId, long eventTime)
      throws Exception {
    WeatherRecord event = event(partition, stationAndId, eventTime);
    event.tellsTime = true;
    send(subtask, stationAndId, event);
  }

  private void sendTimeless(Subtask subtask, String stationAndId, long enqueued, String body)
      throws Exception {
    WeatherRecord event = event(0, stationAndId, enqueued);
    event.body = body.getBytes(StandardCharsets.UTF_8);
    send(subtask, stationAndId, event);
  }

  private WeatherRecord event(int partition, String stationAndId, long eventTime) {
    String[] parts = stationAndId.split("-", -1);
    WeatherRecord event = Weather.event(partition, parts[0], eventTime);
    event.offset = offset++;
    event.eventId = parts.length == 1 ? null : parts[1].getBytes(StandardCharsets.UTF_8);
    return event;
  }

  private static void send(Subtask subtask, String name, WeatherRecord event) throws Exception {
    long before = subtask.operator().copies();
    subtask.harness().processElement(new StreamRecord<>(event, event.eventTime));
    if (subtask.operator().copies() > before) {
      subtask.duplicates().add(name);
    }
  }

  /** Saves the bytes where the operator looks for its own. */
  private static final class SavedElement extends AbstractStreamOperator<WeatherRecord>
      implements OneInputStreamOperator<WeatherRecord, WeatherRecord> {

    private static final long serialVersionUID = 1L;

    private final byte[] element;

    SavedElement(byte[] element) {
      this.element = element;
    }

    @SuppressWarnings("try") // The harness' close() may throw InterruptedException.
    OperatorSubtaskState state() throws Exception {
      try (var harness = new OneInputStreamOperatorTestHarness<>(this)) {
        harness.open();
        return harness.snapshot(1, 1);
      }
    }

    @Override
    public void processElement(StreamRecord<WeatherRecord> unused) {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      context
          .getOperatorStateStore()
          .getUnionListState(
              new ListStateDescriptor<>(
                  "ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
          .add(element);
    }
  }
}
