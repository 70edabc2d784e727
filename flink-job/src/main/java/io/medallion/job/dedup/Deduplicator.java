package io.medallion.job.dedup;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.dedup.PartitionIds.Verdict;
import io.medallion.job.event.EventRecord;
import io.medallion.job.hub.HubName;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes out copies of valid events: those with the key, the event id and the event time of an
 * earlier one in the same Kafka partition; of events that tell no time, with its bytes. The first
 * copy is the one that counts; late ones are looked at too. An event without an id is never a copy,
 * and neither is one whose id an event of another time had, as where a device starts counting from
 * the beginning: it is counted as a conflict.
 *
 * <p>What is a copy depends on the partition's content alone (see {@link PartitionIds}), so a
 * replay finds the same. Copies in another partition are not found: producers choose the partition
 * by the key, and one that sends again chooses the same, while a shuffle of all events would cost
 * more than the whole job and make lateness depend on the speed of reading.
 *
 * <p>State: that of each partition by its {@link PartitionKey}. All ids are on the heap besides.
 * Switched off, the operator forgets its state and takes nothing out. In the group {@code
 * medallion} it counts {@code deduplicatedEvents}, {@code conflictingEventIds}, {@code
 * earlyRotations} and {@code rememberedIds}.
 */
public final class Deduplicator extends AbstractStreamOperator<EventRecord>
    implements OneInputStreamOperator<EventRecord, EventRecord> {

  private static final long serialVersionUID = 2L;

  private final HubName eventHub;
  private final DeduplicationConfig deduplication;

  private transient PartitionState state;

  /** What earlier releases saved: a list that all subtasks restore as a whole. */
  private transient ListState<byte[]> earlierState;

  private transient UnclaimedIds earlier;

  /** By key; of partitions that this subtask has not seen an event of. Metrics read it, too. */
  private transient Map<Long, PartitionIds> restored;

  /** By partition; null where this subtask has not seen an event. */
  private transient Partition[] partitions;

  private transient PartitionKey keys;
  private transient Fingerprint fingerprint;
  private transient Counter deduplicated;
  private transient Counter conflicts;
  private transient Counter earlyRotations;

  private record Partition(long key, PartitionIds ids) {}

  /**
   * @param eventHub ids of another one's partitions say nothing of this one's
   */
  public Deduplicator(HubName eventHub, DeduplicationConfig config) {
    this.eventHub = eventHub;
    this.deduplication = config;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    TaskInfo task = getRuntimeContext().getTaskInfo();
    keys = new PartitionKey(task.getMaxNumberOfParallelSubtasks());
    partitions = new Partition[0];
    restored = new ConcurrentHashMap<>();
    state = new PartitionState(getKeyedStateBackend(), context.getKeyedStateStore());
    for (long key : state.keys()) {
      SavedPartition saved = state.read(key);
      if (deduplication.enabled() && eventHub.matches(saved.eventHub())) {
        PartitionIds ids = new PartitionIds(deduplication, state.segments(key));
        ids.restore(saved);
        restored.put(key, ids);
      } else {
        state.clear(key);
      }
    }
    earlier =
        new UnclaimedIds(
            task.getIndexOfThisSubtask(),
            task.getNumberOfParallelSubtasks(),
            deduplication.retention().toMillis(),
            now());
    earlierState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    if (deduplication.enabled()) {
      for (byte[] form : earlierState.get()) {
        EarlierIds saved = EarlierIds.of(form);
        if (eventHub.matches(saved.header().eventHub())) {
          earlier.restore(saved);
        }
      }
    }
    // Else the list would hold on to the ids of all partitions until the first checkpoint.
    earlierState.clear();
  }

  @Override
  public void open() throws Exception {
    super.open();
    fingerprint = new Fingerprint();
    MetricGroup metrics = getMetricGroup().addGroup("medallion");
    deduplicated = metrics.counter("deduplicatedEvents");
    conflicts = metrics.counter("conflictingEventIds");
    earlyRotations = metrics.counter("earlyRotations");
    metrics.gauge("rememberedIds", this::rememberedIds);
  }

  /** The key changes with the state that is used, not with each event. */
  @Override
  @SuppressWarnings("rawtypes")
  public void setKeyContextElement1(StreamRecord record) {}

  @Override
  public void processElement(StreamRecord<EventRecord> element) throws Exception {
    if (!deduplication.enabled() || !isCopy(element.getValue())) {
      output.collect(element);
    }
  }

  private boolean isCopy(EventRecord event) throws Exception {
    PartitionIds ids = idsOf(event);
    ids.advance(event.eventTime);
    if (event.eventId == null) {
      return false;
    }
    if (event.tellsTime) {
      fingerprint.set(event.group.utf8, event.eventId, event.eventTime);
    } else {
      fingerprint.set(event.group.utf8, event.eventId, event.event);
    }
    int before = ids.earlyRotations();
    Verdict verdict = ids.judge(fingerprint);
    if (ids.earlyRotations() != before) {
      rotatedEarly(event.partition);
    }
    switch (verdict) {
      case COPY -> deduplicated.inc();
      case CONFLICT -> conflicts.inc();
      case NEW -> {}
    }
    return verdict == Verdict.COPY;
  }

  private void rotatedEarly(int partition) {
    if (earlyRotations.getCount() == 0) {
      LOG.warn(
          "Partition {} has more than {} event ids within {} ms: older ones are forgotten before their time, and copies of those events are kept. Raise deduplication.max.ids (about 25 bytes of heap for each) or lower deduplication.retention",
          partition,
          deduplication.maxIds(),
          deduplication.retention().toMillis());
    }
    earlyRotations.inc();
  }

  private PartitionIds idsOf(EventRecord event) throws Exception {
    int partition = event.partition;
    if (partition < partitions.length && partitions[partition] != null) {
      return partitions[partition].ids();
    }
    if (partition >= partitions.length) {
      partitions = Arrays.copyOf(partitions, partition + 1);
    }
    long key = keys.of(partition, event.keyGroup);
    partitions[partition] = new Partition(key, firstIdsOf(partition, key));
    return partitions[partition].ids();
  }

  private PartitionIds firstIdsOf(int partition, long key) throws Exception {
    PartitionIds ids = restored.remove(key);
    // Under another key: of an Event Hub that had another number of partitions.
    restored.keySet().stream()
        .filter(other -> PartitionKey.partitionOf(other) == partition)
        .forEach(state::clear);
    restored.keySet().removeIf(other -> PartitionKey.partitionOf(other) == partition);
    EarlierIds saved = earlier.claim(partition);
    if (ids == null) {
      ids = new PartitionIds(deduplication, state.segments(key));
      if (saved != null) {
        ids.restore(saved);
      }
    }
    return ids;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    earlier.expire(mark.getTimestamp(), now());
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Partition partition : partitions) {
      if (partition != null) {
        state.write(partition.key(), partition.ids().save(eventHub.text()));
      }
    }
    earlierState.update(earlier.toSave(now()));
  }

  /** How many copies were taken out. */
  long copies() {
    return deduplicated.getCount();
  }

  /** How many events had the id of one of another time. */
  long conflicts() {
    return conflicts.getCount();
  }

  private long rememberedIds() {
    long ids = restored.values().stream().mapToLong(PartitionIds::size).sum();
    for (Partition partition : partitions) {
      ids += partition == null ? 0 : partition.ids().size();
    }
    return ids;
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
