package io.medallion.job.late;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.hub.HubName;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one place that decides whether a valid event is late: chained to the source, so that it sees
 * every record of a partition in order, valid or not. It marks late events and hands on all.
 *
 * <p>An event is late if and only if its window ends no later than
 *
 * <ul>
 *   <li>the {@link PartitionTime} of the records before its own, less the out-of-orderness. This is
 *       a property of the partition's content: neither the speed of reading nor parallelism nor
 *       restarts change it; or
 *   <li>this subtask's watermark. It is ahead of the former only after silence, when it follows the
 *       wall clock so that windows close; or
 *   <li>the watermark that all subtasks had passed when the state was saved that this job started
 *       from: those windows were closed then.
 * </ul>
 *
 * <p>Relies on {@code PartitionWatermarks}: splits are never idle, so no watermark downstream is
 * ahead of this one, and what is on time here finds its window open there.
 *
 * <p>State: every subtask saves a {@link LatenessState}; all subtasks restore all of them, because
 * partitions move between subtasks when the job is rescaled.
 *
 * <p>Gauges, in the group {@code medallion}: {@code watermarkAge}, by how many milliseconds the
 * subtask's watermark is behind the clock (−1 before the first one), and {@code openWindows}, how
 * many windows have events and are not closed.
 */
public final class LatenessGate extends AbstractStreamOperator<EventRecord>
    implements OneInputStreamOperator<EventRecord, EventRecord> {

  private static final long serialVersionUID = 1L;

  private final HubName eventHub;
  private final TumblingWindows windows;
  private final long outOfOrderness;
  private final PartitionTime.Limits limits;

  private transient ListState<LatenessState> state;

  /** By partition. */
  private transient PartitionLateness[] partitions;

  /** Windows whose last millisecond is here or before are closed, whatever the partition. */
  private transient long closedUpTo;

  private transient long lastWindowEnd;
  private transient OpenWindows openWindows;

  /**
   * @param eventHub what is known of the partitions of another one says nothing of this one's
   */
  public LatenessGate(HubName eventHub, TumblingWindows windows, LatenessConfig config) {
    this.eventHub = eventHub;
    this.windows = windows;
    this.outOfOrderness = config.outOfOrderness().toMillis();
    this.limits = PartitionTime.Limits.of(config);
  }

  @Override
  public void open() throws Exception {
    super.open();
    openWindows = new OpenWindows();
    MetricGroup metrics = getMetricGroup().addGroup("medallion");
    metrics.gauge("watermarkAge", this::watermarkAge);
    metrics.gauge("openWindows", openWindows::count);
  }

  private long watermarkAge() {
    return closedUpTo == Long.MIN_VALUE || closedUpTo == Long.MAX_VALUE
        ? -1
        : getProcessingTimeService().getCurrentProcessingTime() - closedUpTo;
  }

  @Override
  public void processElement(StreamRecord<EventRecord> element) {
    EventRecord record = element.getValue();
    PartitionLateness partition = partition(record.partition);
    if (record.isFirst()) {
      partition.nextRecord();
    }
    if (record.isValid()) {
      judge(record, partition.horizonOfRecord());
    }
    partition.take(record);
    output.collect(element);
  }

  private void judge(EventRecord record, long horizon) {
    long windowEnd = windows.endOf(record.eventTime);
    lastWindowEnd = Math.max(lastWindowEnd, windowEnd);
    if (windowEnd <= horizon || windowEnd - 1 <= closedUpTo) {
      record.late = true;
      record.latenessMillis = Math.max(horizon, closedUpTo + 1) - windowEnd;
    } else {
      openWindows.add(windowEnd);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    closedUpTo = Math.max(closedUpTo, mark.getTimestamp());
    openWindows.close(closedUpTo);
    super.processWatermark(mark);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("lateness", TypeInformation.of(LatenessState.class)));
    LatenessState restored = LatenessState.merge(eventHub, state.get());
    closedUpTo = restored.watermark;
    lastWindowEnd = restored.lastWindowEnd;
    partitions = new PartitionLateness[restored.partitions()];
    Arrays.setAll(
        partitions,
        partition -> new PartitionLateness(outOfOrderness, restored.time(partition, limits)));
    for (int partition = 0; partition < partitions.length; partition++) {
      partitions[partition].restore(restored.horizons[partition]);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // One subtask keeps what no subtask has read, so that the state does not multiply with each
    // restart.
    boolean keeper = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    LatenessState own = new LatenessState(eventHub, partitions.length);
    for (int partition = 0; partition < partitions.length; partition++) {
      if (keeper || partitions[partition].isRead()) {
        own.set(partition, partitions[partition]);
      }
    }
    own.watermark = closedUpTo;
    own.lastWindowEnd = lastWindowEnd;
    state.update(List.of(own));
  }

  private PartitionLateness partition(int partition) {
    if (partition >= partitions.length) {
      int known = partitions.length;
      partitions = Arrays.copyOf(partitions, partition + 1);
      for (int i = known; i < partitions.length; i++) {
        partitions[i] = new PartitionLateness(outOfOrderness, new PartitionTime(limits));
      }
    }
    return partitions[partition];
  }
}
