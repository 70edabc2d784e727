package io.medallion.job.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Assigns the partitions to the readers. The connector's enumerator finds them, and takes this one
 * for its only reader.
 *
 * <p>Each partition gets a key group once and for all, and is read by the subtask that has it: so a
 * chained operator finds the state of a partition where the partition is read, at any parallelism.
 * Those that are found together get key groups at even distances. After a restart, readers hand in
 * what they had read; all is assigned when the last one has come.
 *
 * <p>Also tells readers when all partitions were assigned: one that got none is then known to get
 * none, and is not one whose partitions are yet to come. It tells them at checkpoints, which is
 * early enough: no window is closed for good before.
 */
final class EventHubEnumerator implements SplitEnumerator<KafkaPartitionSplit, EventHubEnumState> {

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final int maxParallelism;

  /** By id; those that no reader has. */
  private final Map<String, EventHubSplit> waiting = new HashMap<>();

  private final Set<Integer> toldAllAssigned = new HashSet<>();
  private final Set<Integer> toldNoMore = new HashSet<>();
  private boolean noMore;

  /** Makes the connector's enumerator, with what it is to take for its context. */
  interface Connector {
    SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator(
        SplitEnumeratorContext<KafkaPartitionSplit> context) throws IOException;
  }

  /**
   * @param waiting see {@link EventHubEnumState}
   */
  EventHubEnumerator(
      Connector connector,
      List<EventHubSplit> waiting,
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      int maxParallelism)
      throws IOException {
    this.context = context;
    this.maxParallelism = maxParallelism;
    waiting.forEach(split -> this.waiting.put(split.splitId(), split));
    this.kafka =
        connector.enumerator(
            new DiscoveryContext(context) {
              @Override
              void found(List<KafkaPartitionSplit> splits) {
                splits.forEach(EventHubEnumerator.this::await);
                assignWaiting();
              }

              @Override
              void foundAll() {
                noMore = true;
                assignWaiting();
              }
            });
  }

  @Override
  public void start() {
    kafka.start();
    kafka.addReader(DiscoveryContext.READER);
  }

  @Override
  public void addReader(int subtask) {
    toldAllAssigned.remove(subtask);
    toldNoMore.remove(subtask);
    List<KafkaPartitionSplit> handedIn =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    handedIn.forEach(split -> waiting.put(split.splitId(), EventHubSplit.of(split)));
    assignWaiting();
  }

  /** A reader that hands one of them in knows better. */
  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    splits.forEach(this::await);
    assignWaiting();
  }

  private void await(KafkaPartitionSplit split) {
    waiting.putIfAbsent(split.splitId(), EventHubSplit.of(split));
  }

  private void assignWaiting() {
    int readers = context.registeredReaders().size();
    if (readers < context.currentParallelism()) {
      return;
    }
    if (!waiting.isEmpty()) {
      Map<Integer, List<KafkaPartitionSplit>> bySubtask = new HashMap<>();
      for (EventHubSplit split : placed()) {
        int subtask =
            KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                maxParallelism, readers, split.keyGroup());
        bySubtask.computeIfAbsent(subtask, unused -> new ArrayList<>()).add(split);
      }
      context.assignSplits(new SplitsAssignment<>(bySubtask));
      waiting.clear();
    }
    if (noMore) {
      for (int reader : context.registeredReaders().keySet()) {
        if (toldNoMore.add(reader)) {
          context.signalNoMoreSplits(reader);
        }
      }
    }
  }

  /** Those that wait, each with its key group. */
  private List<EventHubSplit> placed() {
    List<EventHubSplit> placed = new ArrayList<>();
    List<EventHubSplit> others = new ArrayList<>();
    for (EventHubSplit split : waiting.values()) {
      boolean isPlaced =
          split.keyGroup() != EventHubSplit.NO_KEY_GROUP && split.keyGroup() < maxParallelism;
      (isPlaced ? placed : others).add(split);
    }
    others.sort(
        Comparator.comparing(EventHubSplit::getTopic).thenComparing(EventHubSplit::getPartition));
    for (int i = 0; i < others.size(); i++) {
      // Rounded up, so that as many subtasks as partitions get one each.
      int keyGroup = (i * maxParallelism + others.size() - 1) / others.size();
      placed.add(others.get(i).in(keyGroup));
    }
    return placed;
  }

  @Override
  public EventHubEnumState snapshotState(long checkpointId) throws Exception {
    KafkaSourceEnumState known = kafka.snapshotState(checkpointId);
    if (known.initialDiscoveryFinished()
        && known.unassignedSplits().isEmpty()
        && waiting.isEmpty()) {
      for (int reader : context.registeredReaders().keySet()) {
        if (toldAllAssigned.add(reader)) {
          context.sendEventToSourceReader(reader, new AllAssigned());
        }
      }
    }
    return new EventHubEnumState(known, List.copyOf(waiting.values()));
  }

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {
    // Readers get what there is without a request.
  }

  @Override
  public void close() throws IOException {
    kafka.close();
  }
}
