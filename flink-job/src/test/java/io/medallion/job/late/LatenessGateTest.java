package io.medallion.job.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.config.WindowConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.gold.GoldCells;
import io.medallion.job.hub.HubName;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of 10, out-of-orderness of 5: an event at 25 closes what ends at 20. */
class LatenessGateTest {

  private static final long DRAINED = Long.MAX_VALUE;

  private static final LatenessConfig CONFIG =
      new LatenessConfig(Duration.ofMillis(5), Optional.empty(), Duration.ofMillis(50));

  private final List<OneInputStreamOperatorTestHarness<?, ?>> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (OneInputStreamOperatorTestHarness<?, ?> harness : opened) {
      harness.close();
    }
  }

  @Test
  void aWindowIsOpenUntilItsPartitionIsPastItsEndByTheOutOfOrderness() throws Exception {
    var gate = gate();

    send(gate, 0, 24);
    send(gate, 0, 19);
    send(gate, 0, 25);
    send(gate, 0, 19);
    send(gate, 0, 20);

    assertThat(onTime(gate)).containsExactly(24L, 19L, 25L, 20L);
    assertThat(late(gate)).containsExactly(19L);
  }

  @Test
  void tellsByHowMuchAnEventMissedItsWindow() throws Exception {
    var gate = gate();

    send(gate, 0, 100);
    send(gate, 0, 79);

    assertThat(late(gate, event -> event.missedBy[0])).containsExactly(95L - 80L);
  }

  @Test
  void eventsOfOneRecordDoNotJudgeEachOther() throws Exception {
    var gate = gate();

    for (int index = 0; index < 3; index++) {
      EventRecord newestFirst = WeatherEvents.event(0, "a", 100 - 40 * index);
      newestFirst.index = index;
      gate.processElement(new StreamRecord<>(newestFirst));
    }
    send(gate, 0, 60);

    assertThat(onTime(gate)).containsExactly(100L, 60L, 20L);
    assertThat(late(gate)).containsExactly(60L);
  }

  @Test
  void partitionsDoNotJudgeEachOther() throws Exception {
    var gate = gate();

    send(gate, 3, 1000);
    send(gate, 0, 1);

    assertThat(late(gate)).isEmpty();
  }

  @Test
  void whatItHandsOnIsAllThatCameInItsOrder() throws Exception {
    var gate = gate();

    send(gate, 0, 100);
    gate.processElement(new StreamRecord<>(rejected(0, 101), 101));
    send(gate, 0, 1);

    assertThat(gate.extractOutputValues()).extracting(event -> event.arrivalTime).hasSize(3);
  }

  /** An idle timeout of 50: the last valid event is of 100, the last record of 151. */
  @Test
  void recordsThatHoldNoEventCloseWindowsOnceTheyAreAllThatComes() throws Exception {
    var gate = gate();

    send(gate, 0, 100);
    gate.processElement(new StreamRecord<>(rejected(0, 150), 150));
    arrive(gate, 0, 94, 150);
    gate.processElement(new StreamRecord<>(rejected(0, 201), 201));
    arrive(gate, 0, 139, 201);

    assertThat(onTime(gate)).containsExactly(100L, 94L);
    assertThat(late(gate)).containsExactly(139L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRecordThatTellsNoTimeClosesNoWindowEvenIfItIsTheFirstOne(boolean timeIsSenders)
      throws Exception {
    EventRecord unreadable = rejected(0, 100);
    unreadable.timeIsSenders = timeIsSenders;
    var before = gate();
    gate(before, unreadable);
    send(before, 0, 99);

    var after = restored(state(before));
    gate(after, unreadable);
    send(after, 0, 98);

    assertThat(onTime(before)).containsExactly(99L);
    assertThat(onTime(after)).containsExactly(98L);
  }

  @Test
  void aRestartRemembersWhenTheLastValidEventArrived() throws Exception {
    var before = gate();
    send(before, 0, 100);
    gate(before, rejected(0, 140));

    var after = restored(state(before));
    gate(after, rejected(0, 151));
    arrive(after, 0, 89, 151);

    assertThat(late(after)).containsExactly(89L);
  }

  @Test
  void partitionsOfAnotherEventHubHaveAHorizonOfTheirOwnButClosedWindowsStayClosed()
      throws Exception {
    var before = gate();
    send(before, 0, 1000);
    before.processWatermark(new Watermark(99));

    var after = start(2, 1, 0, state(before));
    send(after, 0, 99);
    send(after, 0, 100);

    assertThat(late(after)).containsExactly(99L);
    assertThat(onTime(after)).containsExactly(100L);
  }

  private static void gate(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate, EventRecord record)
      throws Exception {
    gate.processElement(new StreamRecord<>(record, record.enqueuedTime));
  }

  private static EventRecord rejected(int partition, long arrival) {
    EventRecord record = WeatherEvents.event(partition, "a", arrival);
    record.reject(RejectReason.INVALID_JSON, "");
    return record;
  }

  private static void arrive(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate,
      int partition,
      long eventTime,
      long arrival)
      throws Exception {
    EventRecord event = WeatherEvents.event(partition, "a", eventTime);
    event.arrivalTime = arrival;
    gate.processElement(new StreamRecord<>(event, eventTime));
  }

  @Test
  void aWatermarkThatIsAheadOfThePartitionCloses() throws Exception {
    var gate = gate();

    send(gate, 0, 1);
    gate.processWatermark(new Watermark(18));
    send(gate, 0, 11);
    gate.processWatermark(new Watermark(19));
    send(gate, 0, 12);
    send(gate, 0, 20);

    assertThat(onTime(gate)).containsExactly(1L, 11L, 20L);
    assertThat(late(gate)).containsExactly(12L);
    assertThat(late(gate, event -> event.missedBy[0])).containsExactly(0L);
  }

  @Test
  void aRestartDoesNotChangeWhatIsLate() throws Exception {
    var before = gate();
    send(before, 0, 125);
    send(before, 1, 45);

    var after = restored(state(before));
    send(after, 0, 119);
    send(after, 1, 41);

    assertThat(late(after)).containsExactly(119L);
    assertThat(onTime(after)).containsExactly(41L);
  }

  @Test
  void partitionsKeepTheirHorizonWhenTheJobIsRescaled() throws Exception {
    var first = gate(2, 0);
    var second = gate(2, 1);
    send(first, 0, 125);
    send(second, 1, 225);
    OperatorSubtaskState both = combined(first, second);

    // Twice, as a horizon that nobody raises in between must not be lost either.
    var three = List.of(rescaled(both, 3, 0), rescaled(both, 3, 1), rescaled(both, 3, 2));
    OperatorSubtaskState again =
        AbstractStreamOperatorTestHarness.repackageState(
            state(three.get(0)), state(three.get(1)), state(three.get(2)));
    var one = rescaled(again, 1, 0);
    send(one, 0, 119);
    send(one, 1, 219);
    send(one, 1, 220);

    assertThat(late(one)).containsExactly(119L, 219L);
    assertThat(onTime(one)).containsExactly(220L);
  }

  @Test
  void theStateDoesNotMultiplyWithRestarts() throws Exception {
    var gates = List.of(gate(2, 0), gate(2, 1));
    send(gates.get(0), 0, 125);
    send(gates.get(1), 1, 225);
    OperatorSubtaskState both = combined(gates.get(0), gates.get(1));

    var idle = rescaled(both, 2, 1);
    OperatorSubtaskState own = state(idle);
    var afterwards = restored(own);
    send(afterwards, 0, 1);

    assertThat(late(afterwards)).as("nothing of partition 0 was in the second's state").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"39, 29", "29, 39"})
  void windowsThatAllSubtasksHadClosedStayClosed(long watermark, long other) throws Exception {
    var first = gate(2, 0);
    var second = gate(2, 1);
    first.processWatermark(new Watermark(watermark));
    second.processWatermark(new Watermark(other));

    var after = rescaled(combined(first, second), 1, 0);
    send(after, 7, 29);
    send(after, 7, 30);

    assertThat(late(after)).containsExactly(29L);
    assertThat(onTime(after)).containsExactly(30L);
  }

  @Test
  void theEndOfTheInputClosesTheWindowsThatHadEventsAndNoLaterOnes() throws Exception {
    var first = gate(2, 0);
    var second = gate(2, 1);
    send(first, 0, 31);
    send(second, 1, 57);
    first.processWatermark(new Watermark(DRAINED));
    second.processWatermark(new Watermark(DRAINED));

    var after = rescaled(combined(first, second), 1, 0);
    send(after, 0, 35);
    send(after, 1, 59);
    send(after, 1, 60);

    assertThat(late(after)).containsExactly(35L, 59L);
    assertThat(onTime(after)).containsExactly(60L);
  }

  @Test
  void whatADrainClosedStaysClosedInTheNextState() throws Exception {
    var drained = gate();
    send(drained, 0, 57);
    drained.processWatermark(new Watermark(DRAINED));

    var between = restored(state(drained));
    var after = restored(state(between));
    send(after, 0, 59);

    assertThat(late(after)).containsExactly(59L);
  }

  @Test
  void aSubtaskThatWasStillReadingWhenOthersEndedSaysWhatIsClosed() throws Exception {
    var ended = gate(2, 0);
    var reading = gate(2, 1);
    send(ended, 0, 1000);
    ended.processWatermark(new Watermark(DRAINED));
    reading.processWatermark(new Watermark(29));

    var after = rescaled(combined(ended, reading), 1, 0);
    send(after, 1, 35);

    assertThat(onTime(after)).containsExactly(35L);
  }

  private static OperatorSubtaskState combined(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> first,
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> second)
      throws Exception {
    return AbstractStreamOperatorTestHarness.repackageState(state(first), state(second));
  }

  private static OperatorSubtaskState state(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate) throws Exception {
    return gate.snapshot(1, 1);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate() throws Exception {
    return gate(1, 0);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate(
      int parallelism, int subtask) throws Exception {
    return start(1, parallelism, subtask, null);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> restored(
      OperatorSubtaskState state) throws Exception {
    return start(1, 1, 0, state);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> rescaled(
      OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
    // A union list gives all of it to every subtask, which is what a parallelism of 1 gets anyway.
    return start(1, parallelism, subtask, state);
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> start(
      int generation, int parallelism, int subtask, OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new LatenessGate(
                new HubName("weather", generation),
                GoldCells.paths(10),
                new WindowConfig(List.of(Duration.ofMillis(10)), CONFIG)),
            parallelism,
            parallelism,
            subtask);
    opened.add(harness);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate,
      int partition,
      long eventTime)
      throws Exception {
    gate.processElement(
        new StreamRecord<>(WeatherEvents.event(partition, "a", eventTime), eventTime));
  }

  private static List<Long> onTime(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate) {
    return gate.extractOutputValues().stream()
        .filter(event -> event.isValid() && !event.isLate())
        .map(event -> event.eventTime)
        .toList();
  }

  private static List<Long> late(OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate) {
    return late(gate, event -> event.eventTime);
  }

  private static List<Long> late(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate,
      ToLongFunction<EventRecord> property) {
    return gate.extractOutputValues().stream()
        .filter(event -> event.isLate())
        .map(property::applyAsLong)
        .toList();
  }
}
