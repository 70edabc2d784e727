package io.medallion.local.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.Ticker;
import io.medallion.contract.ContractReader;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DirectSink;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bronze that compaction, rescaling or a stranger has left in any order, and how it is read. */
class BronzeReaderTest {

  private static final Rules RULES = Rules.of(ContractReader.standard());
  private static final String HUB = "weather";

  /** So that all rows are of one day. */
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path lake;
  private DirectSink bronze;

  @BeforeEach
  void open() {
    bronze = new DirectSink("file://" + lake + "/bronze", "bronze");
  }

  @Test
  void partitionsAreReadInTheOrderOfTheirOffsetsWhateverTheFiles() throws Exception {
    commit(at(0, 0, 1, 2), at(1, 0, 1), at(0, 3), at(1, 2));
    commit(at(0, 10, 11, 12));
    commit(at(0, 4, 5, 6, 7, 8, 9), at(1, 10));
    commit(at(1, 3, 5, 7, 9));
    commit(at(1, 6, 8), at(1, 4));

    Read read = readAll();

    assertThat(read.offsets(0)).isEqualTo(upTo(12));
    assertThat(read.offsets(1)).isEqualTo(upTo(10));
    assertThat(read.end).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void aRecordThatIsThereTwiceIsReadOnce() throws Exception {
    commit(at(0, 0, 1, 2, 3));
    commit(at(0, 2, 3, 4));

    assertThat(readAll().offsets(0)).isEqualTo(upTo(4));
    assertThat(hubs().get(0).records()).isEqualTo(5);
  }

  @Test
  void aReaderGoesOnWhereItsStateWas() throws Exception {
    commit(at(0, 0, 1, 2), at(1, 0, 1, 2), at(0, 3, 4));
    commit(at(0, 6, 8), at(1, 3, 4));
    commit(at(0, 5, 7, 9));
    RecordedHub hub = hubs().get(0);
    Read whole = read(hub, true);

    for (int records : List.of(0, 1, 4, 8, 11, 14, whole.records.size())) {
      Read first = new Read();
      BronzeReader reader = reader(first, hub, true, splits(hub));
      while (first.records.size() < records) {
        reader.pollNext(first);
      }
      List<BronzeSplit> state = restored(reader.snapshotState(1));
      reader.close();
      Read second = new Read();
      untilIdle(reader(second, hub, true, state), second);

      for (int partition : List.of(0, 1)) {
        List<Long> both = new ArrayList<>(first.offsets(partition));
        both.addAll(second.offsets(partition));
        assertThat(both)
            .as("partition %d, stopped after %d records", partition, records)
            .isEqualTo(whole.offsets(partition));
      }
    }
  }

  @Test
  void aRangeOfTimeLeavesNoGapWhereAClockWentBack() throws Exception {
    commit(
        record(HUB, 0, 0, NOON),
        record(HUB, 0, 1, NOON.plusSeconds(10)),
        record(HUB, 0, 2, NOON.plusSeconds(2)));
    commit(record(HUB, 0, 3, NOON.plusSeconds(1)), record(HUB, 0, 4, NOON.plusSeconds(1)));
    commit(record(HUB, 0, 5, NOON.plusSeconds(11)), record(HUB, 0, 6, NOON.plusSeconds(20)));

    List<RecordedHub> hubs = scan(new TimeRange(NOON.plusSeconds(10), NOON.plusSeconds(12)));

    assertThat(read(hubs.get(0), true).offsets(0)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(hubs.get(0).records()).isEqualTo(5);
  }

  @Test
  void eventHubsAreReadOneAfterTheOtherAlsoWhereAFileHasBoth() throws Exception {
    commit(
        record("other@2", 0, 0, NOON.plusSeconds(5)),
        record(HUB, 0, 0, NOON),
        record("other@2", 0, 1, NOON.plusSeconds(6)),
        record(HUB, 0, 1, NOON.plusSeconds(1)));

    List<RecordedHub> hubs = hubs();

    assertThat(hubs).extracting(hub -> hub.name().text()).containsExactly(HUB, "other@2");
    Read first = read(hubs.get(0), false);
    assertThat(first.records).containsExactly(HUB + " 0 0", HUB + " 0 1");
    assertThat(first.end).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(first.released).as("its time stays").isEmpty();
    Read second = read(hubs.get(1), true);
    assertThat(second.records).containsExactly("other@2 0 0", "other@2 0 1");
    assertThat(second.released).containsExactly("0");
  }

  /** Else one partition would be far ahead, and its windows all open, before the next one began. */
  @Test
  void thePartitionWhoseNextRecordsArrivedFirstIsReadFirst() throws Exception {
    for (int file = 0; file < 3; file++) {
      Instant time = NOON.plusSeconds(100L * file);
      commit(record(HUB, 0, file, time));
      commit(record(HUB, 1, file, time.plusSeconds(50)));
    }

    assertThat(readAll().records)
        .containsExactly(
            HUB + " 0 0", HUB + " 1 0", HUB + " 0 1", HUB + " 1 1", HUB + " 0 2", HUB + " 1 2");
  }

  @Test
  void moreOverlappingStretchesThanMemoryIsForAreRefused() throws Exception {
    commit(
        IntStream.range(0, 34)
            .mapToObj(number -> at(0, number, 1_000 + number))
            .toArray(EventRecord[][]::new));

    assertThatThrownBy(this::readAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("overlap at offset 32");
  }

  private Read readAll() throws Exception {
    return read(hubs().get(0), true);
  }

  private Read read(RecordedHub hub, boolean ends) throws Exception {
    Read read = new Read();
    untilIdle(reader(read, hub, ends, splits(hub)), read);
    return read;
  }

  private static void untilIdle(BronzeReader reader, Read read) {
    do {
      read.end = reader.pollNext(read);
    } while (read.end == InputStatus.MORE_AVAILABLE
        || (read.end == InputStatus.NOTHING_AVAILABLE && reader.isAvailable().isDone()));
    reader.close();
  }

  private BronzeReader reader(Read read, RecordedHub hub, boolean ends, List<BronzeSplit> splits) {
    BronzeVersion version = BronzeVersion.of("file://" + lake, Map.of(), newest());
    // As the enumerator, once all readers have read to the end: this is the only one.
    BronzeReader[] self = new BronzeReader[1];
    BronzeReader reader =
        new BronzeReader(version, hub, ends, RULES, done -> self[0].handleSourceEvents(done));
    self[0] = reader;
    reader.start();
    assertThat(reader.pollNext(read)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    reader.addSplits(splits);
    reader.notifyNoMoreSplits();
    return reader;
  }

  private static List<BronzeSplit> splits(RecordedHub hub) {
    return hub.partitions().stream()
        .map(partition -> new BronzeSplit(partition.number(), 0, partition.first()))
        .toList();
  }

  private static List<BronzeSplit> restored(List<BronzeSplit> splits) throws Exception {
    BronzeSplitSerializer form = new BronzeSplitSerializer();
    return form.deserialize(form.getVersion(), form.serialize(splits));
  }

  private List<RecordedHub> hubs() {
    return scan(TimeRange.ALL);
  }

  private List<RecordedHub> scan(TimeRange range) {
    return BronzeScan.of(newest(), range, new Ticker(System.err, "rows"));
  }

  private TableVersion newest() {
    var tables = Lake.at(lake.toString()).openNewest();
    return tables.tables().get(tables.definitions().bronze());
  }

  private void commit(EventRecord[]... rows) throws Exception {
    var table = BronzeTable.table();
    bronze.write(
        DeltaSink.<EventRecord>builder()
            .rowType(table.rowType())
            .encoder(table.encoder())
            .partitionedBy(table.partitionColumn().orElseThrow()),
        Arrays.stream(rows).flatMap(Arrays::stream).toList());
  }

  private static EventRecord[] at(int partition, int... offsets) {
    return IntStream.of(offsets)
        .mapToObj(offset -> record(HUB, partition, offset, NOON.plusSeconds(offset))[0])
        .toArray(EventRecord[]::new);
  }

  private static EventRecord[] record(String hub, int partition, int offset, Instant enqueued) {
    EventRecord record = new EventRecord();
    record.eventHub = new Text(hub);
    record.partition = partition;
    record.offset = offset;
    record.enqueuedTime = enqueued.toEpochMilli();
    record.arrivalTime = record.enqueuedTime;
    record.processedTime = record.enqueuedTime + 1;
    record.body = "{}".getBytes(StandardCharsets.UTF_8);
    return new EventRecord[] {record};
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(0, last).boxed().toList();
  }

  /** What a reader handed on. */
  private static final class Read implements ReaderOutput<EventRecord> {

    private final List<String> records = new ArrayList<>();
    private final Map<Integer, List<Long>> byPartition = new TreeMap<>();
    private final List<String> released = new ArrayList<>();
    private InputStatus end;
    private boolean holdsNothing;

    List<Long> offsets(int partition) {
      return byPartition.getOrDefault(partition, List.of());
    }

    @Override
    public void collect(EventRecord event, long timestamp) {
      records.add("%s %d %d".formatted(event.eventHub, event.partition, event.offset));
      byPartition.computeIfAbsent(event.partition, p -> new ArrayList<>()).add(event.offset);
    }

    @Override
    public SourceOutput<EventRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      released.add(splitId);
    }

    @Override
    public void collect(EventRecord event) {
      throw new AssertionError("without its timestamp");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      assertThat(watermark).as("the reader makes no other").isEqualTo(Watermark.MAX_WATERMARK);
      assertThat(holdsNothing).as("once").isFalse();
      holdsNothing = true;
    }

    @Override
    public void markIdle() {
      throw new AssertionError("A silent partition is not idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("A silent partition is not idle");
    }
  }
}
