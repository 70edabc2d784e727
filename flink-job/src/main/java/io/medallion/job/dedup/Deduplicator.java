package io.medallion.job.dedup;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.dedup.PartitionIds.Verdict;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.hub.HubName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Takes out copies of valid events: those with the station, the event id and the event time of an
 * earlier one in the same Kafka partition; of events that tell no time, with its body. The first
 * copy is the one that counts; late ones are looked at too. An event without an id is never a copy,
 * and neither is one whose id an event of another time had, as where a device starts counting from
 * the beginning: it is counted as a conflict.
 *
 * <p>What is a copy depends on the partition's content alone (see {@link PartitionIds}), so a
 * replay finds the same. Copies in another partition are not found: producers choose the partition
 * by the station, and one that sends again chooses the same, while a shuffle of all events would
 * cost more than the whole job and make lateness depend on the speed of reading.
 *
 * <p>State: the ids of each partition, packed, as one element of a list that all subtasks restore
 * as a whole (see {@link UnclaimedIds}). Switched off, the operator forgets it and takes nothing
 * out. In the group {@code medallion} it counts {@code deduplicatedEvents}, {@code
 * conflictingEventIds}, {@code earlyRotations} and {@code rememberedIds}.
 */
public final class Deduplicator extends AbstractStreamOperator<WeatherRecord>
    implements OneInputStreamOperator<WeatherRecord, WeatherRecord> {

  private static final long serialVersionUID = 1L;

  private final HubName eventHub;
  private final boolean enabled;
  private final long retention;
  private final int maxIds;

  private transient ListState<byte[]> state;
  private transient UnclaimedIds unclaimed;

  /** By partition; null where this subtask has not seen an event. */
  private transient PartitionIds[] partitions;

  private transient Fingerprint fingerprint;
  private transient Counter deduplicated;
  private transient Counter conflicts;
  private transient Counter earlyRotations;

  /**
   * @param eventHub ids of another one's partitions say nothing of this one's
   */
  public Deduplicator(HubName eventHub, DeduplicationConfig config) {
    this.eventHub = eventHub;
    this.enabled = config.enabled();
    this.retention = config.retention().toMillis();
    this.maxIds = config.maxIds();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    TaskInfo task = getRuntimeContext().getTaskInfo();
    unclaimed =
        new UnclaimedIds(
            task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks(), retention, now());
    if (enabled) {
      for (byte[] form : state.get()) {
        SavedIds saved = SavedIds.of(form);
        if (eventHub.matches(saved.header().eventHub())) {
          unclaimed.restore(saved);
        }
      }
    }
    // Else the list would hold on to the ids of all partitions until the first checkpoint.
    state.clear();
  }

  @Override
  public void open() throws Exception {
    super.open();
    partitions = new PartitionIds[0];
    fingerprint = new Fingerprint();
    MetricGroup metrics = getMetricGroup().addGroup("medallion");
    deduplicated = metrics.counter("deduplicatedEvents");
    conflicts = metrics.counter("conflictingEventIds");
    earlyRotations = metrics.counter("earlyRotations");
    metrics.gauge("rememberedIds", this::rememberedIds);
  }

  @Override
  public void processElement(StreamRecord<WeatherRecord> element) {
    if (!enabled || !isCopy(element.getValue())) {
      output.collect(element);
    }
  }

  private boolean isCopy(WeatherRecord event) {
    PartitionIds ids = idsOf(event.partition);
    ids.advance(event.offset, event.eventTime);
    if (event.eventId == null) {
      return false;
    }
    if (event.tellsTime) {
      fingerprint.set(event.stationId.utf8, event.eventId, event.eventTime);
    } else {
      fingerprint.set(event.stationId.utf8, event.eventId, event.body);
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
          "Partition {} has more than {} event ids within {} ms: older ones are forgotten before their time, and copies of those events are kept. Raise deduplication.max.ids (about 48 bytes of heap for each) or lower deduplication.retention",
          partition,
          maxIds / 2,
          retention);
    }
    earlyRotations.inc();
  }

  private PartitionIds idsOf(int partition) {
    if (partition >= partitions.length) {
      partitions = Arrays.copyOf(partitions, partition + 1);
    }
    PartitionIds ids = partitions[partition];
    if (ids == null) {
      ids = new PartitionIds(retention, maxIds);
      SavedIds saved = unclaimed.claim(partition);
      if (saved != null) {
        ids.restore(saved);
      }
      partitions[partition] = ids;
    }
    return ids;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    unclaimed.expire(mark.getTimestamp(), now());
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<byte[]> saved = new ArrayList<>(unclaimed.toSave(now()));
    for (int partition = 0; partition < partitions.length; partition++) {
      if (partitions[partition] != null) {
        saved.add(partitions[partition].save(eventHub.text(), partition));
      }
    }
    state.update(saved);
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
    long ids = 0;
    for (PartitionIds partition : partitions) {
      ids += partition == null ? 0 : partition.size();
    }
    return ids;
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
