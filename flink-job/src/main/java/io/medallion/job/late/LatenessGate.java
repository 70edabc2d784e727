package io.medallion.job.late;

import io.medallion.job.config.WindowConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldPath;
import io.medallion.job.hub.HubName;
import java.util.ArrayList;
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
 * <p>An event has a window of each size, and is late for a size if and only if that window ends no
 * later than
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
 * <p>It also tells events from when on the windows of each path of gold have all their events: a
 * path that the contract was given while the job had events already has not seen those.
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
  private final ArrayList<GoldPath> paths;
  private final ArrayList<TumblingWindows> windows;
  private final long outOfOrderness;
  private final PartitionTime.Limits limits;

  private transient ListState<LatenessState> state;

  /** By partition. */
  private transient PartitionLateness[] partitions;

  private transient WindowsOfSize[] sizes;

  /** By path; see {@link EventRecord#completeFrom}. */
  private transient long[] completeFrom;

  private transient long lastWindowEnd;
  private transient long lastEventTime;

  /**
   * @param eventHub what is known of the partitions of another one says nothing of this one's
   * @param paths of gold
   */
  public LatenessGate(HubName eventHub, List<GoldPath> paths, WindowConfig config) {
    this.eventHub = eventHub;
    this.paths = new ArrayList<>(paths);
    this.windows = new ArrayList<>(config.windows());
    this.outOfOrderness = config.lateness().outOfOrderness().toMillis();
    this.limits = PartitionTime.Limits.of(config.lateness());
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = getMetricGroup().addGroup("medallion");
    metrics.gauge("watermarkAge", this::watermarkAge);
    metrics.gauge(
        "openWindows", () -> Arrays.stream(sizes).mapToInt(size -> size.open.count()).sum());
  }

  private long watermarkAge() {
    long closedUpTo = sizes[0].closedUpTo();
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
    lastEventTime = Math.max(lastEventTime, record.eventTime);
    lastWindowEnd = Math.max(lastWindowEnd, windows.get(0).endOf(record.eventTime));
    record.completeFrom = completeFrom;
    for (int size = 0; size < sizes.length; size++) {
      long lateness = sizes[size].take(record.eventTime, horizon);
      if (lateness >= 0) {
        record.miss(size, lateness);
      }
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    for (WindowsOfSize size : sizes) {
      size.close(mark.getTimestamp());
    }
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
    long[] closedUpTo = restored.closedUpTo(windows);
    sizes = new WindowsOfSize[windows.size()];
    Arrays.setAll(sizes, size -> new WindowsOfSize(windows.get(size), closedUpTo[size]));
    completeFrom = restored.completeFrom(paths);
    lastWindowEnd = restored.lastWindowEnd;
    lastEventTime = restored.lastEventTime;
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
    own.watermarks = Arrays.stream(sizes).mapToLong(WindowsOfSize::closedUpTo).toArray();
    own.watermark = own.watermarks[0];
    own.sizes = windows.stream().mapToLong(TumblingWindows::size).toArray();
    own.lastWindowEnd = lastWindowEnd;
    own.lastEventTime = lastEventTime;
    if (keeper) {
      own.paths = paths.stream().map(GoldPath::id).toArray(String[]::new);
      own.completeFrom = completeFrom;
    }
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
