package io.medallion.job.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.testing.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
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

  private final List<OneInputStreamOperatorTestHarness<?, ?>> opened = new ArrayList<>();
  private long offset;

  /** An operator, what it let pass as new, and what it took for a copy. */
  private record Subtask(
      Deduplicator operator,
      OneInputStreamOperatorTestHarness<WeatherRecord, WeatherRecord> harness) {

    List<String> unique() {
      return events(false);
    }

    List<String> duplicates() {
      return events(true);
    }

    private List<String> events(boolean duplicate) {
      return harness.extractOutputValues().stream()
          .filter(event -> event.duplicate == duplicate)
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
  void theFirstCopyCountsAndLaterOnesAreMarked() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "a-2", 20);
    send(subtask, 0, "a-1", 10);
    send(subtask, 0, "a-1", 30);

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

  @Test
  void eventsWithoutAnIdAreNeverCopies() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a", 10);
    send(subtask, 0, "a", 10);

    assertThat(subtask.unique()).containsExactly("a", "a");
    assertThat(stateBytes(subtask)).as("and leave nothing but the progress").isLessThan(40);
  }

  @Test
  void anIdIsRememberedForTheRetentionOfThePartitionsProgressAtLeast() throws Exception {
    Subtask subtask = start(ON);

    send(subtask, 0, "a-1", 199);
    send(subtask, 0, "a", 299);
    send(subtask, 0, "a-1", 199);
    send(subtask, 0, "a-2", 200);
    send(subtask, 0, "a", 150);
    send(subtask, 0, "a-2", 1);

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

    assertThat(stateBytes(subtask)).isLessThan(40);
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
      assertThat(stateBytes(subtask)).isLessThanOrEqualTo(40 + 20 * 16);
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
      send(after, 0, "a-" + i, 100);
    }
    assertThat(after.unique()).isEmpty();
    send(after, 0, "a", 300);
    send(after, 0, "a-1", 300);
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
  void switchedOffItMarksNothingAndForgets() throws Exception {
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
    Deduplicator operator = new Deduplicator(config);
    var harness =
        new OneInputStreamOperatorTestHarness<>(operator, parallelism, parallelism, subtask);
    opened.add(harness);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return new Subtask(operator, harness);
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
    String[] parts = stationAndId.split("-", -1);
    WeatherRecord event = Weather.event(partition, parts[0], eventTime);
    event.offset = offset++;
    event.eventId = parts.length == 1 ? null : parts[1].getBytes(StandardCharsets.UTF_8);
    subtask.harness().processElement(new StreamRecord<>(event, eventTime));
  }
}
