package io.medallion.delta;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What compaction exports, in the group {@code delta}; the README lists all metrics of the sink.
 */
final class CompactionMetrics {

  private final Counter compactions;
  private final Counter failures;

  CompactionMetrics(MetricGroup parent, CompactionOptions options, LiveFiles files) {
    MetricGroup group = parent.addGroup("delta");
    compactions = group.counter("numCompactions", new ThreadSafeSimpleCounter());
    failures = group.counter("numCompactionFailures", new ThreadSafeSimpleCounter());
    group.gauge("liveFiles", files::count);
    group.gauge("smallFiles", files::mostSmall);
    group.gauge("maxSmallFiles", options::maxSmallFiles);
  }

  void compacted() {
    compactions.inc();
  }

  void failed() {
    failures.inc();
  }
}
