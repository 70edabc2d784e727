package io.medallion.job.source;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * What the connector's enumerator takes for its context: one with a single reader, which is always
 * there. So it finds partitions and leaves it to others where they are read.
 */
abstract class DiscoveryContext implements SplitEnumeratorContext<KafkaPartitionSplit> {

  /** The subtask of the only reader. */
  static final int READER = 0;

  private final SplitEnumeratorContext<KafkaPartitionSplit> context;

  DiscoveryContext(SplitEnumeratorContext<KafkaPartitionSplit> context) {
    this.context = context;
  }

  abstract void found(List<KafkaPartitionSplit> splits);

  /** Called when there will be no more. */
  abstract void foundAll();

  @Override
  public int currentParallelism() {
    return 1;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return Map.of(READER, new ReaderInfo(READER, ""));
  }

  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> found) {
    found(found.assignment().get(READER));
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    foundAll();
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    throw new UnsupportedOperationException("The connector sends no events: " + event);
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
    context.callAsync(call, handler);
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
    context.callAsync(call, handler, delay, period);
  }

  @Override
  public void runInCoordinatorThread(Runnable action) {
    context.runInCoordinatorThread(action);
  }
}
