package io.medallion.local.bronze;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Gives each reader all of its partitions at once, so that none of them is late because another one
 * was read before.
 */
final class BronzeEnumerator implements SplitEnumerator<BronzeSplit, List<BronzeSplit>> {

  private final SplitEnumeratorContext<BronzeSplit> context;
  private final int maxParallelism;
  private final List<BronzeSplit> waiting;

  /** The subtasks that have read all that they were given. */
  private final Set<Integer> done = new HashSet<>();

  BronzeEnumerator(
      SplitEnumeratorContext<BronzeSplit> context, int maxParallelism, List<BronzeSplit> waiting) {
    this.context = context;
    this.maxParallelism = maxParallelism;
    this.waiting = new ArrayList<>(waiting);
  }

  @Override
  public void addReader(int subtask) {
    done.remove(subtask);
    List<BronzeSplit> own = waiting.stream().filter(split -> readerOf(split) == subtask).toList();
    if (!own.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
      waiting.removeAll(own);
    }
    context.signalNoMoreSplits(subtask);
  }

  private int readerOf(BronzeSplit split) {
    return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
        maxParallelism, context.currentParallelism(), split.keyGroup());
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    done.add(subtask);
    if (done.size() == context.currentParallelism()) {
      done.forEach(each -> context.sendEventToSourceReader(each, new ReadToEnd()));
    }
  }

  @Override
  public void addSplitsBack(List<BronzeSplit> splits, int subtask) {
    waiting.addAll(splits);
  }

  @Override
  public List<BronzeSplit> snapshotState(long checkpointId) {
    return List.copyOf(waiting);
  }

  @Override
  public void start() {
    // Readers come by themselves.
  }

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {
    // Readers get what there is without a request.
  }

  @Override
  public void close() throws IOException {
    // Holds nothing.
  }
}
