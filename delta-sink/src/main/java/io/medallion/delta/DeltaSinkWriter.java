package io.medallion.delta;

import io.medallion.delta.DataFileFactory.OpenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.ExceptionUtils;

/**
 * Encodes elements into Parquet files, one open file a partition, and hands the finished files over
 * at every checkpoint.
 *
 * <p>Guarantees that every element written before a barrier is in a file that {@link
 * #prepareCommit} returns at that barrier, and in no other. Keeps no state: a file is finished and
 * handed over, or it is an orphan. At most {@code maxOpenFiles} are open; beyond that the least
 * recently used one is finished early, never dropped.
 */
final class DeltaSinkWriter<T>
    implements CommittingSinkWriter<T, DataFile>, StatefulSinkWriter<T, Void> {

  private static final int ROWS_BETWEEN_SIZE_CHECKS = 1024;

  private final RowEncoder<T> encoder;
  private final DataFileFactory factory;
  private final long targetFileSize;
  private final int maxOpenFiles;
  private final boolean partitioned;

  private final PartitionKey key;
  private final Map<PartitionKey, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<DataFile> finished = new ArrayList<>();

  /** The file of the last row; the next one mostly goes there too. Null if none is open. */
  private OpenFile current;

  private final Counter rowsWritten;
  private final Counter bytesWritten;
  private final Counter filesWritten;

  DeltaSinkWriter(
      TableSpec table,
      RowEncoder<T> encoder,
      DataFileFactory factory,
      long targetFileSize,
      int maxOpenFiles,
      SinkWriterMetricGroup metrics) {
    this.encoder = encoder;
    this.factory = factory;
    this.targetFileSize = targetFileSize;
    this.maxOpenFiles = maxOpenFiles;
    this.partitioned = !table.partitionColumns().isEmpty();
    this.key = new PartitionKey(table);
    this.rowsWritten = metrics.getNumRecordsSendCounter();
    this.bytesWritten = metrics.getNumBytesSendCounter();
    MetricGroup group = metrics.addGroup("delta");
    this.filesWritten = group.counter("numFilesWritten");
    group.gauge("openFiles", open::size);
  }

  @Override
  public void write(T element, Context context) throws IOException {
    OpenFile target = fileFor(element);
    encoder.encode(element, target.file().row());
    target.file().endRow();
    rowsWritten.inc();
    if (target.file().rows() % ROWS_BETWEEN_SIZE_CHECKS == 0
        && target.file().estimatedSize() >= targetFileSize) {
      open.remove(target.partition());
      finish(target);
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
      if (open.size() >= maxOpenFiles) {
        finishLeastRecentlyUsed();
      }
      current = factory.open(key.copy());
      open.put(current.partition(), current);
    }
    return current;
  }

  private void finishLeastRecentlyUsed() throws IOException {
    Iterator<OpenFile> leastRecentFirst = open.values().iterator();
    OpenFile eldest = leastRecentFirst.next();
    leastRecentFirst.remove();
    finish(eldest);
  }

  private void finish(OpenFile file) throws IOException {
    current = null;
    try (file) {
      DataFile dataFile = file.finish();
      finished.add(dataFile);
      bytesWritten.inc(dataFile.size());
      filesWritten.inc();
    }
  }

  @Override
  public void flush(boolean endOfInput) {
    // Rows are in their files already; prepareCommit finishes those.
  }

  @Override
  public Collection<DataFile> prepareCommit() throws IOException {
    for (OpenFile file : open.values()) {
      finish(file);
    }
    open.clear();
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

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (OpenFile file : open.values()) {
      try {
        file.close();
      } catch (IOException e) {
        failure = ExceptionUtils.firstOrSuppressed(e, failure);
      }
    }
    open.clear();
    factory.close();
    if (failure != null) {
      throw failure;
    }
  }
}
