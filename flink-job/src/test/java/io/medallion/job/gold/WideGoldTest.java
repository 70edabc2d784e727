package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.delta.ObjectRowWriter;
import io.medallion.delta.RowEncoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.junit.jupiter.api.Test;

/** A table of 200 columns of all kinds, and 1,000 keys. */
class WideGoldTest {

  private static final int KEYS = 1_000;
  private static final int COLUMNS = 200;
  private static final int ROUNDS = 3;

  /** 40 numbers, a long, a boolean, an instant, a text and a direction. */
  private static final int NUMBERS = 40;

  private static final Contract CONTRACT = ContractReader.read("wide.yaml", text());

  private static String text() {
    StringBuilder fields = new StringBuilder();
    List<String> formulas =
        new ArrayList<>(
            List.of(
                "last(l)",
                "first(b)",
                "last(t)",
                "last(s)",
                "first(k)",
                "last(c)",
                "first(d)",
                "mostFrequent(s)",
                "count()",
                "count(x0)"));
    for (int i = 0; i < NUMBERS; i++) {
      fields.append("  x%d: {type: double}\n".formatted(i));
      for (String function : List.of("sum", "avg", "min", "max", "last")) {
        formulas.add("%s(x%d)".formatted(function, i));
      }
    }
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < COLUMNS; i++) {
      columns.append("      g%d: %s\n".formatted(i, formulas.get(i)));
    }
    return """
        contract: wide
        version: 1
        event: {key: {column: k, from: [record key]}, time: {from: [enqueued time]}}
        fields:
        %s  l: {type: long}
          b: {type: boolean}
          t: {type: timestamp}
          s: {type: string}
          c: {type: compass}
        silver:
          d: plus(x0, x1)
        gold:
          wide:
            by: k
            columns:
        %s"""
        .formatted(fields, columns);
  }

  private static EventRecord event(int key, int round) {
    EventRecord event = new EventRecord();
    event.clearDecoded(NUMBERS + 5);
    event.group = new Text("key " + key);
    event.eventTime = 5L + round;
    event.offset = (long) round * KEYS + key;
    for (int i = 0; i < NUMBERS; i++) {
      event.numbers[i] = key + i + round;
    }
    event.integers[NUMBERS] = Long.MAX_VALUE - key - round;
    event.integers[NUMBERS + 1] = key % 2;
    event.integers[NUMBERS + 2] = 1_000L * key;
    event.texts[NUMBERS + 3] = new Text("text " + round);
    event.numbers[NUMBERS + 4] = 90;
    return event;
  }

  @Test
  void isToldExactlyWhereverItsPartsWereMade() throws Exception {
    List<GoldState> parts = new ArrayList<>();
    GoldPath path = GoldCells.path(CONTRACT, 10);
    try (Combiner combiner = new Combiner(path)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int key = 0; key < KEYS; key++) {
          combiner.harness.processElement(new StreamRecord<>(event(key, round)));
        }
        combiner.harness.prepareSnapshotPreBarrier(round);
      }
      combiner.harness.processWatermark(new Watermark(9));
      parts.addAll(combiner.harness.extractOutputValues());
    }
    assertThat(parts).hasSizeGreaterThanOrEqualTo(ROUNDS * KEYS);

    Map<String, GoldState> windows = new HashMap<>();
    CellMerge merge = CellMerge.ofKey(path.parts());
    for (GoldState part : parts) {
      windows.compute(
          GoldCells.key(part),
          (key, sum) ->
              stored(
                  path,
                  merge.add(stored(path, part), sum == null ? merge.createAccumulator() : sum)));
    }

    assertThat(windows).hasSize(KEYS);
    LakeTable<GoldState> table = GoldTableEncoder.table(CONTRACT, 0);
    assertThat(
            table.rowType().getChildren().subList(3, 10).stream().map(type -> type.getTypeRoot()))
        .containsExactly(
            LogicalTypeRoot.BIGINT,
            LogicalTypeRoot.BOOLEAN,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
            LogicalTypeRoot.VARCHAR,
            LogicalTypeRoot.VARCHAR,
            LogicalTypeRoot.DOUBLE,
            LogicalTypeRoot.DOUBLE);
    for (int key = 0; key < KEYS; key++) {
      Map<Integer, Object> row = row(table.encoder(), windows.get("key " + key));
      assertThat(row).hasSize(3 + COLUMNS);
      assertThat(row)
          .containsEntry(2, "key " + key)
          .containsEntry(3, Long.MAX_VALUE - key - (ROUNDS - 1))
          .containsEntry(4, key % 2 != 0)
          .containsEntry(5, 1_000_000L * key)
          .containsEntry(6, "text " + (ROUNDS - 1))
          .containsEntry(7, "key " + key)
          .containsEntry(8, 90.0)
          .containsEntry(9, 2.0 * key + 1)
          .containsEntry(10, "text 0")
          .containsEntry(11, (long) ROUNDS)
          .containsEntry(12, (long) ROUNDS)
          .containsEntry(13, 3.0 * key + 3)
          .containsEntry(14, key + 1.0)
          .containsEntry(15, (double) key)
          .containsEntry(16, key + 2.0)
          .containsEntry(17, key + 2.0);
    }
  }

  @Test
  void ofAWindowThatBeganBeforeItsPathNothingIsTold() {
    GoldCell cell = new GoldCell(GoldCells.layout(CONTRACT).names(), "a", 0, 10);
    cell.add(event(1, 1), GoldCells.layout(CONTRACT));
    cell.beganBefore();

    assertThat(row(GoldTableEncoder.table(CONTRACT, 0).encoder(), cell)).containsOnlyKeys(0, 1, 2);
  }

  /** As a state backend brings it back. */
  private static GoldState stored(GoldPath path, GoldState state) {
    TypeSerializer<GoldState> serializer =
        new GoldCellType(path.parts()).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(1024);
    try {
      serializer.serialize(state, out);
      return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Integer, Object> row(RowEncoder<GoldState> encoder, GoldState state) {
    Row row = new Row();
    encoder.encode(state, row);
    return row.values;
  }

  /** The operator, without the checked exception of its harness's close. */
  private static final class Combiner implements AutoCloseable {

    final OneInputStreamOperatorTestHarness<EventRecord, GoldState> harness;

    Combiner(GoldPath path) throws Exception {
      harness =
          new OneInputStreamOperatorTestHarness<>(new WindowCombiner(CONTRACT, path, 200_000));
      harness.open();
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class Row extends ObjectRowWriter {

    private final Map<Integer, Object> values = new HashMap<>();

    @Override
    protected void set(int column, Object value) {
      Object shown =
          value instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : value;
      assertThat(values.put(column, shown)).as("column %d", column).isNull();
    }
  }
}
