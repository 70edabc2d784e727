package io.medallion.delta;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * Encodes elements into Parquet files, one open file a partition, and hands the finished files over
 * at every checkpoint.
 *
 * <p>Guarantees that every element written before a barrier is in a file that {@link
 * #prepareCommit} returns at that barrier, and in no other. Keeps no state: a file is finished and
 * handed over, or it is an orphan. Files are open as long as they fit into a budget of memory;
 * beyond that the least recently used one is finished early, never dropped.
 */
final class DeltaSinkWriter<T>
    implements CommittingSinkWriter<T, DataFile>, StatefulSinkWriter<T, Void> {

  private final RowEncoder<T> encoder;
  private final DataFileFactory factory;
  private final long targetFileSize;
  private final boolean partitioned;

  private final PartitionKey key;
  private final OpenFiles open;
  private final List<DataFile> finished = new ArrayList<>();

  /** The file of the last row; the next one mostly goes there too. Null if none is open. */
  private OpenFile current;

  private final Counter rowsWritten;
  private final Counter bytesWritten;
  private final Counter filesWritten;
  private final Counter filesFinishedForMemory;

  DeltaSinkWriter(
      TableSpec table,
      RowEncoder<T> encoder,
      DataFileFactory factory,
      long targetFileSize,
      long writeBuffer,
      SinkWriterMetricGroup metrics) {
    this.encoder = encoder;
    this.factory = factory;
    this.targetFileSize = targetFileSize;
    this.partitioned = !table.partitionColumns().isEmpty();
    this.key = new PartitionKey(table);
    this.open = new OpenFiles(writeBuffer);
    this.rowsWritten = metrics.getNumRecordsSendCounter();
    this.bytesWritten = metrics.getNumBytesSendCounter();
    MetricGroup group = metrics.addGroup("delta");
    this.filesWritten = group.counter("numFilesWritten");
    this.filesFinishedForMemory = group.counter("numFilesFinishedForMemory");
    group.gauge("openFiles", open::count);
    group.gauge("openFilesMemory", open::memory);
  }

  @Override
  public void write(T element, Context context) throws IOException {
    OpenFile target = fileFor(element);
    encoder.encode(element, target.row());
    boolean grown = target.endRow();
    rowsWritten.inc();
    if (grown) {
      keepWithinLimits(target);
    }
  }

  private OpenFile fileFor(T element) throws IOException {
    if (partitioned) {
      key.clear();
      encoder.encodePartition(element, key);
      key.requireComplete();
    }
    if (current != null && (!partitioned || key.equals(current.partition()))) {
      return current;
    }
    current = open.get(key);
    if (current == null) {
      current = factory.open(key.copy());
      open.add(current);
    }
    return current;
  }

  private void keepWithinLimits(OpenFile grown) throws IOException {
    open.measure(grown);
    if (grown.size() >= targetFileSize) {
      open.remove(grown);
      current = null;
      finish(grown);
    }
    while (open.isOverBudget()) {
      finish(open.removeLeastRecentlyUsed());
      filesFinishedForMemory.inc();
    }
  }

  private void finish(OpenFile file) throws IOException {
    try (file) {
      DataFile dataFile = file.finish();
      finished.add(dataFile);
      bytesWritten.inc(dataFile.size());
      filesWritten.inc();
    }
  }

  /** Those that were not handed over yet. */
  List<DataFile> finished() {
    return List.copyOf(finished);
  }

  @Override
  public void flush(boolean endOfInput) {
    // Rows are in their files already; prepareCommit finishes those.
  }

  /** Finishes all open files, without handing them over. */
  void finishAll() throws IOException {
    current = null;
    while (open.count() > 0) {
      finish(open.removeLeastRecentlyUsed());
    }
  }

  @Override
  public Collection<DataFile> prepareCommit() throws IOException {
    finishAll();
    List<DataFile> result = List.copyOf(finished);
    finished.clear();
    return result;
  }

  /** Nothing to keep; called because only this tells a writer which barrier has passed. */
  @Override
  public List<Void> snapshotState(long checkpointId) {
    factory.passed(checkpointId);
    return List.of();
  }

  /** See {@link OpenFiles#close}. */
  @Override
  public void close() {
    current = null;
    open.close();
    factory.close();
  }
}
