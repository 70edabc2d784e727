package io.medallion.job.hub;

import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubLookup.Range;
import io.medallion.job.event.WeatherRecord;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
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
 *       where the broker does not answer before a checkpoint, the next one asks again.
 *   <li>An offset that is not the expected one is a gap. Where the broker has no record, {@link
 *       #GAPS} says so, and the audit can tell it from a loss. Offsets never go back.
 * </ul>
 *
 * <p>State: a {@link HubState} of each subtask; all subtasks restore all of them, because
 * partitions move between subtasks when the job is rescaled.
 */
public final class HubGuard extends AbstractStreamOperator<WeatherRecord>
    implements OneInputStreamOperator<WeatherRecord, WeatherRecord> {

  public static final OutputTag<OffsetGap> GAPS =
      new OutputTag<>("gaps", TypeInformation.of(OffsetGap.class));

  private static final long serialVersionUID = 1L;

  /** Without a topic id only records tell hubs apart; to look at them takes a connection. */
  private static final long RECORDS_EVERY_MILLIS = Duration.ofMinutes(1).toMillis();

  private final String topic;
  private final int generation;
  private final SerializableSupplier<EventHubLookup> lookups;

  private transient ListState<HubState> state;
  private transient HubState hub;

  /** Partitions that this subtask has read. */
  private transient BitSet own;

  private transient EventHubLookup lookup;
  private transient HubCheck check;
  private transient boolean readSinceCheck;
  private transient long lastRecordCheck;

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
    own = new BitSet();
    lookup = lookups.get();
    check = new HubCheck(lookup);
    check.requireSameTopic(hub);
    Map<Integer, Range> ranges = check.ranges(hub);
    TaskInfo task = getRuntimeContext().getTaskInfo();
    check.requireSameRecords(
        hub,
        ranges,
        partition ->
            partition % task.getNumberOfParallelSubtasks() == task.getIndexOfThisSubtask());
    lastRecordCheck = now();
  }

  @Override
  public void processElement(StreamRecord<WeatherRecord> element) {
    WeatherRecord record = element.getValue();
    int partition = record.partition;
    if (record.offset != record.expectedOffset) {
      jumped(record);
    }
    hub.read(partition, record.offset, record.enqueuedTime);
    own.set(partition);
    readSinceCheck = true;
    output.collect(element);
  }

  private void jumped(WeatherRecord record) {
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

  private void emit(WeatherRecord after, long from, long to, OffsetGap.Cause cause) {
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

  private Long timeBefore(WeatherRecord record) {
    int partition = record.partition;
    return hub.isRead(partition) && hub.offsets[partition] == record.expectedOffset - 1
        ? hub.timestamps[partition]
        : null;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    if (!readSinceCheck) {
      return;
    }
    try {
      check.requireSameTopic(hub);
      if (hub.topicId == null && now() - lastRecordCheck >= RECORDS_EVERY_MILLIS) {
        check.requireSameRecords(hub, check.ranges(hub), own::get);
        lastRecordCheck = now();
      }
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
      if (hub.isRead(partition) && (keeper || own.get(partition))) {
        saved.read(partition, hub.offsets[partition], hub.timestamps[partition]);
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

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
