package io.medallion.job.source;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * The connector's enumerator, which also tells readers when all partitions were assigned: one that
 * got none is then known to get none, and is not one whose partitions are yet to come. It tells
 * them at checkpoints, which is early enough: no window is closed for good before.
 */
final class EventHubEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final Set<Integer> told = new HashSet<>();

  EventHubEnumerator(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    this.kafka = kafka;
    this.context = context;
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    KafkaSourceEnumState state = kafka.snapshotState(checkpointId);
    if (state.initialDiscoveryFinished() && state.unassignedSplits().isEmpty()) {
      for (int reader : context.registeredReaders().keySet()) {
        if (told.add(reader)) {
          context.sendEventToSourceReader(reader, new AllAssigned());
        }
      }
    }
    return state;
  }

  @Override
  public void addReader(int subtaskId) {
    told.remove(subtaskId);
    kafka.addReader(subtaskId);
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public void handleSplitRequest(int subtaskId, String requesterHostname) {
    kafka.handleSplitRequest(subtaskId, requesterHostname);
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
    kafka.addSplitsBack(splits, subtaskId);
  }

  @Override
  public void close() throws IOException {
    kafka.close();
  }
}
