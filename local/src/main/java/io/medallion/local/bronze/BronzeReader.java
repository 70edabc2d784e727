package io.medallion.local.bronze;

import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TableVersion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads its partitions side by side: of those that are left, the one goes on whose next record
 * arrived first, for a run. So windows open and close about as they did in the stream. A file is
 * read once for all partitions whose turn it is there.
 *
 * <p>In memory are a batch of rows and a row group of one file; of several only where runs of a
 * partition overlap.
 *
 * <p>Records are judged by the time at which the job took them first, which stays their processed
 * time.
 */
final class BronzeReader implements SourceReader<EventRecord, BronzeSplit> {

  private final BronzeVersion version;
  private final String eventHub;
  private final Map<Integer, RecordedPartition> recorded;
  private final boolean ends;
  private final RecordDecoder decoder;
  private final Consumer<SourceEvent> enumerator;
  private final EventRecord record = new EventRecord();

  /** Those that are not read to their ends, by number. */
  private final Map<Integer, PartitionReading> partitions = new TreeMap<>();

  private TableVersion bronze;
  private Map<String, DataFile> files;
  private Pass pass;
  private boolean noMoreSplits;
  private boolean isDone;
  private boolean areAllDone;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  /**
   * @param ends whether the input ends with the last record, and all windows close
   * @param enumerator is told when all is read
   */
  BronzeReader(
      BronzeVersion version,
      RecordedHub hub,
      boolean ends,
      Rules rules,
      Consumer<SourceEvent> enumerator) {
    this.enumerator = enumerator;
    this.version = version;
    this.eventHub = hub.name().text();
    this.recorded =
        hub.partitions().stream()
            .collect(Collectors.toMap(RecordedPartition::number, Function.identity()));
    this.ends = ends;
    this.decoder = RecordDecoder.of(rules);
  }

  @Override
  public void start() {
    bronze = version.open();
    files = new HashMap<>();
    bronze.files().forEach(file -> files.put(file.path(), file));
  }

  @Override
  public void addSplits(List<BronzeSplit> splits) {
    splits.forEach(
        split ->
            partitions.put(
                split.partition(), new PartitionReading(recorded.get(split.partition()), split)));
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void handleSourceEvents(SourceEvent allDone) {
    areAllDone = true;
    available.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<EventRecord> output) {
    if (pass == null) {
      release(output);
      Optional<PartitionReading> first =
          partitions.values().stream()
              .filter(partition -> !partition.isTaken())
              .min(Comparator.comparingLong(PartitionReading::nextTime));
      if (first.isEmpty()) {
        return atEnd(output);
      }
      pass = open(first.get());
    }
    if (pass.next()) {
      emit(pass.row(), output);
    } else {
      pass.close();
      pass = null;
    }
    return InputStatus.MORE_AVAILABLE;
  }

  private InputStatus atEnd(ReaderOutput<EventRecord> output) {
    if (areAllDone) {
      return InputStatus.END_OF_INPUT;
    }
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    if (noMoreSplits && ends && !isDone) {
      isDone = true;
      // It holds no window open for those that have more to read.
      output.emitWatermark(Watermark.MAX_WATERMARK);
      enumerator.accept(new ReadToEnd());
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  /**
   * Lets go of partitions that are read to their ends, which hold no window open any more. Where
   * the job goes on with another Event Hub one stays, so that the subtask's time does.
   */
  private void release(ReaderOutput<EventRecord> output) {
    for (PartitionReading partition : List.copyOf(partitions.values())) {
      if (partition.isTaken() && (ends || partitions.size() > 1)) {
        output.releaseOutputForSplit(partition.split().splitId());
        partitions.remove(partition.split().partition());
      }
    }
  }

  private Pass open(PartitionReading first) {
    List<Run> runs = first.take();
    int number = first.split().partition();
    if (runs.size() > 1) {
      return new MergedPass(runs, run -> open(Map.of(number, run)));
    }
    Map<Integer, Run> ofFile = new HashMap<>(Map.of(number, runs.get(0)));
    partitions.forEach(
        (other, partition) -> {
          if (partition != first && partition.isNextAlone(runs.get(0).file())) {
            ofFile.put(other, partition.take().get(0));
          }
        });
    return open(ofFile);
  }

  private FilePass open(Map<Integer, Run> runs) {
    String file = runs.values().iterator().next().file();
    return new FilePass(bronze.open(files.get(file), StoredRecord.BRONZE_COLUMNS), eventHub, runs);
  }

  private void emit(RowCursor row, ReaderOutput<EventRecord> all) {
    long offset = row.bigint(StoredRecord.OFFSET);
    PartitionReading partition = partitions.get(row.integer(StoredRecord.PARTITION));
    if (!partition.isDue(offset)) {
      return;
    }
    StoredRecord.readBronze(row, record);
    record.keyGroup = partition.keyGroup();
    SourceOutput<EventRecord> output = partition.output(all);
    decoder.decode(
        record, record.processedTime, event -> output.collect(event, event.enqueuedTime));
    partition.read(offset);
  }

  @Override
  public List<BronzeSplit> snapshotState(long checkpointId) {
    return partitions.values().stream().map(PartitionReading::split).toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
    }
  }
}
