package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PickedValueTest {

  private static final Contract CONTRACT =
      ContractReader.read(
          "picks.yaml",
          """
          contract: picks
          version: 1
          event: {key: {column: k, from: [record key]}, time: {from: [enqueued time]}}
          fields:
            x: {type: double}
            n: {type: long}
            s: {type: string}
          gold:
            t:
              columns:
                fx: first(x)
                lx: last(x)
                fn: first(n)
                ln: last(n)
                fs: first(s)
                ls: last(s)
          """);

  private static final int X = 0;
  private static final int N = 1;
  private static final int S = 2;

  private static final GoldLayout LAYOUT = GoldCells.layout(CONTRACT);

  private static final Comparator<EventRecord> ORDER =
      Comparator.<EventRecord>comparingLong(event -> event.eventTime)
          .thenComparingInt(event -> event.partition)
          .thenComparingLong(event -> event.offset);

  /** Many ties of time, many absent values. */
  private static List<EventRecord> events(Random random) {
    List<EventRecord> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      EventRecord event = new EventRecord();
      event.clearDecoded(3);
      event.group = new Text("k");
      event.partition = random.nextInt(3);
      event.offset = i;
      event.eventTime = 100L + random.nextInt(5);
      event.numbers[X] = random.nextInt(3) > 0 ? Double.NaN : random.nextInt(9) - 4.5;
      event.integers[N] =
          random.nextInt(3) > 0 ? EventRecord.ABSENT : Long.MAX_VALUE - random.nextInt(9);
      event.texts[S] = random.nextInt(3) > 0 ? null : new Text("s" + random.nextInt(9));
      events.add(event);
    }
    return events;
  }

  @Test
  void areThoseOfTheFirstAndLastEventsThatHaveOneHoweverTheyWereSplitAndMerged() {
    for (int round = 0; round < 100; round++) {
      Random random = new Random(round);
      List<EventRecord> events = events(random);
      Collections.shuffle(events, random);

      GoldCell merged = merged(events, random);

      List<EventRecord> sorted = events.stream().sorted(ORDER).toList();
      List<Double> x = present(sorted, e -> Double.isNaN(e.numbers[X]) ? null : e.numbers[X]);
      List<Long> n =
          present(sorted, e -> e.integers[N] == EventRecord.ABSENT ? null : e.integers[N]);
      List<String> s = present(sorted, e -> e.texts[S] == null ? null : e.texts[S].value);
      assertThat(merged.picks[0].asDouble()).isEqualTo(x.get(0));
      assertThat(merged.picks[1].asDouble()).isEqualTo(x.get(x.size() - 1));
      assertThat(merged.picks[2].asLong()).isEqualTo(n.get(0));
      assertThat(merged.picks[3].asLong()).isEqualTo(n.get(n.size() - 1));
      assertThat(merged.picks[4].asText()).isEqualTo(s.get(0));
      assertThat(merged.picks[5].asText()).isEqualTo(s.get(s.size() - 1));
    }
  }

  private static <T> List<T> present(List<EventRecord> events, Function<EventRecord, T> value) {
    return events.stream().map(value).filter(known -> known != null).toList();
  }

  private static GoldCell merged(List<EventRecord> events, Random random) {
    CellMerge merge = CellMerge.ofKey(LAYOUT.names());
    List<GoldState> parts = new ArrayList<>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(50));
      GoldCell part = new GoldCell(LAYOUT.names(), "k", 100, 110);
      events.subList(from, to).forEach(event -> part.add(event, LAYOUT));
      parts.add(merge.add(part, merge.createAccumulator()));
      from = to;
    }
    Collections.shuffle(parts, random);
    GoldState all = merge.createAccumulator();
    for (GoldState part : parts) {
      all = merge.merge(all, part);
    }
    return (GoldCell) all;
  }

  @Test
  void noValueIsPickedFromEventsWithoutOne() {
    EventRecord event = events(new Random(1)).get(0);
    event.clearDecoded(3);
    event.eventTime = 101;
    event.group = new Text("k");
    GoldCell cell = new GoldCell(LAYOUT.names(), "k", 100, 110);
    cell.add(event, LAYOUT);

    assertThat(cell.picks).noneMatch(PickedValue::isThere);
  }

  @Test
  void ofTheSamePlaceInTwoEventHubsTheValueDecides() {
    List<EventRecord> events = events(new Random(2)).subList(0, 2);
    for (EventRecord event : events) {
      event.eventTime = 101;
      event.partition = 0;
      event.offset = 9;
    }
    events.get(0).texts[S] = new Text("a");
    events.get(1).texts[S] = new Text("b");
    for (List<EventRecord> order : List.of(events, List.of(events.get(1), events.get(0)))) {
      GoldCell cell = new GoldCell(LAYOUT.names(), "k", 100, 110);
      order.forEach(event -> cell.add(event, LAYOUT));
      assertThat(cell.picks[4].asText()).isEqualTo("a");
      assertThat(cell.picks[5].asText()).isEqualTo("b");
    }
  }
}
