package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.testing.WeatherEvents;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of 10, at most 8 entries: 4 aggregates of a condition each. */
class WindowCombinerTest {

  private static final Contract WEATHER = ContractReader.standard();

  private OneInputStreamOperatorTestHarness<EventRecord, GoldState> combiner;

  @BeforeEach
  void open() throws Exception {
    combiner =
        new OneInputStreamOperatorTestHarness<>(
            new WindowCombiner(WEATHER, GoldCells.path(WEATHER, 10), 8));
    combiner.open();
  }

  @AfterEach
  void close() throws Exception {
    combiner.close();
  }

  @Test
  void combinesByWindowAndStation() throws Exception {
    send("a", 10);
    send("b", 19);
    send("a", 20);
    send("a", 19);
    send("a", 11);
    combiner.processWatermark(new Watermark(Long.MAX_VALUE));

    assertThat(parts()).containsExactlyInAnyOrder("a [10, 20) 3", "b [10, 20) 1", "a [20, 30) 1");
  }

  @Test
  void handsAWindowOnBeforeTheWatermarkThatClosesIt() throws Exception {
    send("a", 10);
    send("a", 20);
    combiner.processWatermark(new Watermark(18));
    assertThat(parts()).isEmpty();

    combiner.processWatermark(new Watermark(19));

    assertThat(parts()).containsExactly("a [10, 20) 1");
    List<StreamElement> elements =
        combiner.getOutput().stream().map(StreamElement.class::cast).toList();
    assertThat(elements.get(0)).isEqualTo(new Watermark(18));
    assertThat(elements.get(1).isRecord()).isTrue();
    assertThat(elements.get(2)).isEqualTo(new Watermark(19));
  }

  @Test
  void partsBelongToTheirWindowByTheirTimestamp() throws Exception {
    send("a", 10);
    combiner.processWatermark(new Watermark(19));

    assertThat(combiner.extractOutputStreamRecords())
        .singleElement()
        .extracting(StreamRecord::getTimestamp)
        .isEqualTo(19L);
  }

  @Test
  void handsEverythingOnBeforeABarrierAndKeepsNothing() throws Exception {
    send("a", 25);
    send("a", 10);
    combiner.prepareSnapshotPreBarrier(1);
    assertThat(parts()).containsExactly("a [10, 20) 1", "a [20, 30) 1");
    assertThat(combiner.snapshot(1, 1).hasState()).isFalse();

    send("a", 11);
    combiner.processWatermark(new Watermark(Long.MAX_VALUE));

    assertThat(parts()).containsExactly("a [10, 20) 1", "a [20, 30) 1", "a [10, 20) 1");
  }

  @Test
  void handsEverythingOnWhenItHoldsTooMuch() throws Exception {
    send("a", 10);
    send("b", 10);
    send("a", 20);
    assertThat(parts()).isEmpty();

    send("c", 10);

    assertThat(parts()).hasSize(4);
    send("d", 10);
    assertThat(parts()).hasSize(4);
  }

  @Test
  void aStationThatNeverSaysTheSameTwiceHoldsNotMoreThanOthers() throws Exception {
    for (int i = 0; i < 7; i++) {
      EventRecord event = WeatherEvents.event("a", 10);
      event.texts[WeatherEvents.CONDITIONS] = new Text("made up " + i);
      combiner.processElement(new StreamRecord<>(event, 10));
    }

    assertThat(parts()).containsExactly("a [10, 20) 7");
  }

  @Test
  void marksWindowsThatBeganBeforeTheirPathWasThere() throws Exception {
    for (long time : new long[] {12, 22}) {
      EventRecord event = WeatherEvents.event("a", time);
      event.completeFrom = new long[] {11};
      combiner.processElement(new StreamRecord<>(event, time));
    }
    combiner.processWatermark(new Watermark(Long.MAX_VALUE));

    assertThat(combiner.extractOutputValues())
        .extracting(state -> ((GoldCell) state).isComplete(""))
        .containsExactly(false, true);
  }

  @Test
  void handsEverythingOnAtTheEnd() throws Exception {
    send("a", 10);

    combiner.endInput();
    combiner.getOneInputOperator().finish();

    assertThat(parts()).containsExactly("a [10, 20) 1");
  }

  private void send(String station, long eventTime) throws Exception {
    combiner.processElement(new StreamRecord<>(WeatherEvents.event(station, eventTime), eventTime));
  }

  private List<String> parts() {
    return combiner.extractOutputValues().stream().map(GoldCells::shown).toList();
  }
}
