package io.medallion.job.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.config.WindowConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.gold.GoldCells;
import io.medallion.job.hub.HubName;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows of 10 and of 40, out-of-orderness of 5: an event at 45 closes what ends at 40. */
class LatenessOfSizesTest {

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
  void anEventMayMissItsSmallWindowAndBeOnTimeForItsLargeOne() throws Exception {
    var gate = gate(null, 10, 40);

    assertThat(missed(gate, 0, 25)).isEmpty();
    assertThat(missed(gate, 0, 19)).containsExactly(0);
    assertThat(missed(gate, 0, 45)).isEmpty();
    assertThat(missed(gate, 0, 35)).containsExactly(0, 1);
    assertThat(missed(gate, 0, 40)).isEmpty();
  }

  @Test
  void lateHasARowForEachWindowThatAnEventMissed() throws Exception {
    var gate = gate(null, 10, 40);
    missed(gate, 0, 100);
    missed(gate, 0, 79);
    missed(gate, 0, 81);
    var late = new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(new LateEvents()));
    opened.add(late);
    late.open();
    for (EventRecord event : gate.extractOutputValues()) {
      late.processElement(new StreamRecord<>(event));
    }

    assertThat(late.extractOutputValues())
        .extracting(row -> row.eventTime + " " + row.lateSize + " " + row.latenessMillis)
        .containsExactly("79 0 15", "79 1 15", "81 0 5");
  }

  @Test
  void ofOneSizeIsLateWhatIsLateWithoutTheOther() throws Exception {
    Random random = new Random(7);
    var both = gate(null, 10, 40);
    var small = gate(null, 10);
    var large = gate(null, 40);
    for (int i = 0; i < 2_000; i++) {
      long time = Math.max(0, i / 4 + random.nextInt(80) - 70);
      int partition = random.nextInt(3);
      if (i % 100 == 0) {
        long watermark = Math.max(0, i / 4 - 60);
        both.processWatermark(new Watermark(watermark));
        small.processWatermark(new Watermark(watermark));
        large.processWatermark(new Watermark(watermark));
      }
      List<Integer> missed = missed(both, partition, time);
      assertThat(missed.contains(0)).isEqualTo(!missed(small, partition, time).isEmpty());
      assertThat(missed.contains(1)).isEqualTo(!missed(large, partition, time).isEmpty());
    }
  }

  @Test
  void theEndOfTheInputClosesTheWindowsOfEachSizeThatHadEvents() throws Exception {
    var drained = gate(null, 10, 40);
    missed(drained, 0, 57);
    drained.processWatermark(new Watermark(Long.MAX_VALUE));

    var between = gate(drained.snapshot(1, 1), 10, 40);
    between.processWatermark(new Watermark(3));
    var after = gate(between.snapshot(2, 2), 10, 40);

    assertThat(missed(after, 0, 59)).containsExactly(0, 1);
    assertThat(missed(after, 0, 60)).containsExactly(1);
    assertThat(missed(after, 0, 80)).isEmpty();
  }

  @Test
  void whatIsKnownOfTheSizesSurvivesRescaling() throws Exception {
    var first = gate(null, 10, 40);
    var second = gate(null, 10, 40);
    missed(first, 0, 57);
    missed(second, 1, 25);
    first.processWatermark(new Watermark(Long.MAX_VALUE));
    second.processWatermark(new Watermark(39));
    OperatorSubtaskState state =
        AbstractStreamOperatorTestHarness.repackageState(
            first.snapshot(1, 1), second.snapshot(1, 1));

    var after = gate(state, 10, 40);

    assertThat(missed(after, 1, 39)).containsExactly(0, 1);
    assertThat(missed(after, 1, 40)).isEmpty();
  }

  @Test
  void aSizeThatIsAddedIsCompleteFromTheFirstWindowThatBeginsAfterAllEventsBefore()
      throws Exception {
    var before = gate(null, 10);
    missed(before, 0, 57);
    missed(before, 1, 33);
    assertThat(completeFrom(before)).containsExactly(Long.MIN_VALUE);

    var added = gate(before.snapshot(1, 1), 10, 40);
    missed(added, 1, 90);
    assertThat(completeFrom(added)).containsExactly(Long.MIN_VALUE, 58);

    var restarted = gate(added.snapshot(2, 2), 10, 40);
    missed(restarted, 1, 91);
    assertThat(completeFrom(restarted)).containsExactly(Long.MIN_VALUE, 58);
  }

  @Test
  void aSizeThatIsAddedAfterADrainHasNoClosedWindowsOfItsOwn() throws Exception {
    var drained = gate(null, 40);
    missed(drained, 0, 57);
    drained.processWatermark(new Watermark(Long.MAX_VALUE));

    var added = gate(drained.snapshot(1, 1), 40, 1000);

    assertThat(missed(added, 0, 59)).containsExactly(0);
  }

  private static long[] completeFrom(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate) {
    return gate.extractOutputValues().get(0).completeFrom;
  }

  private static List<Integer> missed(
      OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate,
      int partition,
      long eventTime)
      throws Exception {
    EventRecord event = WeatherEvents.event(partition, "a", eventTime);
    gate.processElement(new StreamRecord<>(event, eventTime));
    List<Integer> sizes = new ArrayList<>();
    for (int size = 0; size < 2; size++) {
      if (event.isLate(size)) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  private OneInputStreamOperatorTestHarness<EventRecord, EventRecord> gate(
      OperatorSubtaskState state, long... sizes) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new LatenessGate(
                new HubName("weather", 1),
                GoldCells.paths(sizes),
                new WindowConfig(
                    Arrays.stream(sizes).mapToObj(Duration::ofMillis).toList(), CONFIG)));
    opened.add(harness);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
