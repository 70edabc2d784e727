package io.medallion.delta;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.testutils.MetricListener;

/**
 * A run of a job that writes the numbers 0, 1, 2 … and merges its table's small files: the sink's
 * own parts, with the test in the place of the clock and of the thread that merges.
 */
final class CompactedJob implements AutoCloseable {

  private final DeltaSinkWriter<Long> writer;
  private final DeltaCommitter committer;
  private final Lineage lineage;
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Runnable> merges = new ArrayDeque<>();
  private final MetricListener metrics = new MetricListener();
  private Optional<CommitId> previous = Optional.empty();
  private long checkpointId;
  private long position;

  /** Starts a job, or another copy of it that knows nothing of the first. */
  CompactedJob(DeltaSink<Long> sink) throws Exception {
    this(sink, Optional.empty(), 0, 0);
  }

  private CompactedJob(
      DeltaSink<Long> sink, Optional<Lineage> restored, long checkpointId, long position)
      throws Exception {
    String epoch = UUID.randomUUID().toString();
    this.checkpointId = checkpointId;
    this.position = position;
    this.lineage =
        new TableEntry(sink.table(), sink.options())
            .enter(new JobStart(epoch, restored, checkpointId));
    this.writer =
        sink.newWriter(
            epoch, 0, 0, checkpointId, UnregisteredMetricsGroup.createSinkWriterMetricGroup());
    this.committer =
        new DeltaCommitter(
            sink.table(),
            sink.options(),
            new CommitMetrics(metrics.getMetricGroup(), true),
            Optional.of(sink.compactor(metrics.getMetricGroup(), new OnRequest(), nanos::get)));
  }

  /** Another run that goes on where this one is, and takes the table over. */
  CompactedJob successor(DeltaSink<Long> sink) throws Exception {
    return new CompactedJob(sink, Optional.of(lineage), checkpointId, position);
  }

  /** Writes numbers and commits them. */
  void commit(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      writer.write(position++, null);
    }
    checkpointId++;
    DeltaCommittable committable =
        new DeltaCommittable(
            lineage, checkpointId, previous, false, List.copyOf(writer.prepareCommit()));
    writer.snapshotState(checkpointId);
    committer.commit(List.of(new DirectSink.Request(committable)));
    previous = Optional.of(committable.id());
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Lets the thread that merges do what it has to; false if there is nothing. */
  boolean merge() {
    Runnable task = merges.poll();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  long counter(String name) {
    return metrics.getCounter("delta", name).orElseThrow().getCount();
  }

  long gauge(String name) {
    Gauge<Number> gauge = metrics.<Number>getGauge("delta", name).orElseThrow();
    return gauge.getValue().longValue();
  }

  @Override
  public void close() {
    writer.close();
    committer.close();
  }

  /** Runs nothing until it is asked to. */
  private final class OnRequest extends AbstractExecutorService {

    private boolean isShutdown;

    @Override
    public void execute(Runnable task) {
      merges.add(task);
    }

    @Override
    public void shutdown() {
      isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      isShutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return isShutdown;
    }

    @Override
    public boolean isTerminated() {
      return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
