package io.medallion.job.hub;

import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.job.event.EventRecord;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Watches over the identity of a row: that partition and offset mean the same record as long as the
 * state lives. Chained to the source, it sees every record in order and hands on all.
 *
 * <ul>
 *   <li>Before the source reads, and before each checkpoint that has new records, it asks the
 *       broker whether the Event Hub is still the one of the state ({@link HubCheck}). If not, the
 *       job ends with {@link HubConflictException}, and no row of the other hub is committed. Only
 *       then do the new records become the marks that the next check looks for: a hub is never
 *       compared with itself. Only where the broker does not answer before a checkpoint, the next
 *       one asks again, by the marks of before.
 *   <li>An offset that is not the expected one is a gap. Where the broker has no record, {@link
 *       #GAPS} says so, and the audit can tell it from a loss. Offsets never go back.
 * </ul>
 *
 * <p>State: a {@link HubState} of each subtask; all subtasks restore all of them, because
 * partitions move between subtasks when the job is rescaled. A subtask checks the marks of the
 * partitions that it has read, and its share of the others.
 */
public final class HubGuard extends AbstractStreamOperator<EventRecord>
    implements OneInputStreamOperator<EventRecord, EventRecord> {

  public static final OutputTag<OffsetGap> GAPS =
      new OutputTag<>("gaps", TypeInformation.of(OffsetGap.class));

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int generation;
  private final SerializableSupplier<EventHubLookup> lookups;

  private transient ListState<HubState> state;

  /** Whose marks have been checked; but for first records, which are the first marks. */
  private transient HubState hub;

  /** The newest record of each partition that this subtask has read. */
  private transient HubState newest;

  private transient EventHubLookup lookup;
  private transient HubCheck check;
  private transient boolean readSinceCheck;

  /**
   * @param generation which of the Event Hubs it is that the lake was read from, from 1
   */
  public HubGuard(String topic, int generation, SerializableSupplier<EventHubLookup> lookups) {
    this.topic = topic;
    this.generation = generation;
    this.lookups = lookups;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("hub", TypeInformation.of(HubState.class)));
    hub = restored(state.get());
    state.clear();
  }

  private HubState restored(Iterable<HubState> saved) {
    HubState restored = new HubState(topic, generation);
    for (HubState each : saved) {
      if (each.generation > generation) {
        throw new HubConflictException(
            "The job's state is of the Event Hub '%s' with source.generation = %d, but the settings say %d. Set it as it was"
                .formatted(each.topic, each.generation, generation));
      }
      if (each.generation == generation && !each.topic.equals(topic)) {
        throw HubConflictException.otherTopic(each.topic, topic, generation);
      }
      if (each.generation == generation) {
        restored.add(each);
      }
    }
    return restored;
  }

  @Override
  public void open() throws Exception {
    super.open();
    newest = new HubState(topic, generation);
    lookup = lookups.get();
    check = new HubCheck(lookup);
    check.beforeReading(hub, this::isToCheck);
  }

  private boolean isToCheck(int partition) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return newest.isMarked(partition)
        || partition % task.getNumberOfParallelSubtasks() == task.getIndexOfThisSubtask();
  }

  @Override
  public void processElement(StreamRecord<EventRecord> element) {
    EventRecord record = element.getValue();
    int partition = record.partition;
    if (record.offset != record.expectedOffset && record.isFirst()) {
      jumped(record);
    }
    newest.mark(partition, record.offset, record.enqueuedTime);
    if (!hub.isMarked(partition)) {
      hub.mark(partition, record.offset, record.enqueuedTime);
    }
    readSinceCheck = true;
    output.collect(element);
  }

  private void jumped(EventRecord record) {
    long next = record.expectedOffset;
    if (record.offset < next) {
      throw new HubConflictException(
          "Partition %d of '%s' went back from offset %d to %d while it was read: the Event Hub lost records or was replaced. Start the job again from its last checkpoint; it will say how to go on"
              .formatted(record.partition, topic, next - 1, record.offset));
    }
    long expiredBefore = Math.min(record.expiredBefore, record.offset);
    if (expiredBefore > next) {
      emit(record, next, expiredBefore - 1, OffsetGap.Cause.EXPIRED);
      next = expiredBefore;
    }
    if (record.offset > next) {
      emit(record, next, record.offset - 1, OffsetGap.Cause.NO_RECORD);
    }
  }

  private void emit(EventRecord after, long from, long to, OffsetGap.Cause cause) {
    OffsetGap gap = new OffsetGap();
    gap.eventHub = after.eventHub.value;
    gap.partition = after.partition;
    gap.fromOffset = from;
    gap.toOffset = to;
    gap.cause = cause;
    gap.enqueuedBefore = timeBefore(after);
    gap.enqueuedAfter = after.enqueuedTime;
    gap.detectedTime = after.processedTime;
    output.collect(GAPS, new StreamRecord<>(gap));
  }

  private Long timeBefore(EventRecord record) {
    int partition = record.partition;
    HubState last = newest.isMarked(partition) ? newest : hub;
    return last.isMarked(partition) && last.offsets[partition] == record.expectedOffset - 1
        ? last.timestamps[partition]
        : null;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    if (!readSinceCheck) {
      return;
    }
    try {
      check.whileReading(hub, this::isToCheck);
      hub.add(newest);
      readSinceCheck = false;
    } catch (BrokerUnavailableException e) {
      LOG.warn(
          "Could not ask whether '{}' is still the same Event Hub; the next checkpoint asks again. {}",
          topic,
          e.getMessage());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // One subtask keeps what no subtask has read, so that the state does not multiply with each
    // restart.
    boolean keeper = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    HubState saved = new HubState(topic, generation);
    saved.clusterId = hub.clusterId;
    saved.topicId = hub.topicId;
    for (int partition = 0; partition < hub.partitions(); partition++) {
      if (hub.isMarked(partition) && (keeper || newest.isMarked(partition))) {
        saved.mark(partition, hub.offsets[partition], hub.timestamps[partition]);
      }
    }
    state.update(List.of(saved));
  }

  @Override
  public void close() throws Exception {
    if (lookup != null) {
      lookup.close();
    }
    super.close();
  }
}
