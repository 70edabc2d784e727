package io.medallion.job.late;

import io.medallion.job.event.TumblingWindows;
import io.medallion.job.event.WeatherRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The one place that decides whether a valid event is late: chained to the source, so that the
 * whole event is at hand. On-time events pass, late ones go to {@link #LATE}. Duplicates do
 * neither, but their times count.
 *
 * <p>An event is late if and only if its window ends no later than
 *
 * <ul>
 *   <li>the greatest event time before it in its Kafka partition, less the out-of-orderness. This
 *       is a property of the partition's content: neither the speed of reading nor parallelism nor
 *       restarts change it; or
 *   <li>this subtask's watermark. It is ahead of the former only after silence, when it follows the
 *       wall clock so that windows close; or
 *   <li>the watermark that all subtasks had passed when the state was saved that this job started
 *       from: those windows were closed then.
 * </ul>
 *
 * <p>Relies on {@code PartitionWatermarks}: splits are never idle, so no watermark downstream is
 * ahead of this one, and what passes here finds its window open there.
 *
 * <p>State: every subtask saves a {@link LatenessState}; all subtasks restore all of them, because
 * partitions move between subtasks when the job is rescaled.
 */
public final class LatenessGate extends AbstractStreamOperator<WeatherRecord>
    implements OneInputStreamOperator<WeatherRecord, WeatherRecord> {

  public static final OutputTag<WeatherRecord> LATE =
      new OutputTag<>("late", TypeInformation.of(WeatherRecord.class));

  private static final long serialVersionUID = 1L;

  private final TumblingWindows windows;
  private final long outOfOrderness;

  private transient ListState<LatenessState> state;
  private transient Counter lateEvents;

  /** Per partition: windows that end here or before are closed. */
  private transient long[] horizons;

  /** The part of {@link #horizons} that this subtask has raised since it started. */
  private transient long[] raised;

  /** Windows whose last millisecond is here or before are closed, whatever the partition. */
  private transient long closedUpTo;

  private transient long lastWindowEnd;

  public LatenessGate(TumblingWindows windows, long outOfOrderness) {
    this.windows = windows;
    this.outOfOrderness = outOfOrderness;
  }

  @Override
  public void open() throws Exception {
    super.open();
    lateEvents = getMetricGroup().addGroup("medallion").counter("lateEvents");
  }

  @Override
  public void processElement(StreamRecord<WeatherRecord> element) {
    WeatherRecord record = element.getValue();
    ensureKnown(record.partition);
    long windowEnd = windows.endOf(record.eventTime);
    lastWindowEnd = Math.max(lastWindowEnd, windowEnd);
    long horizon = horizons[record.partition];
    if (windowEnd <= horizon || windowEnd - 1 <= closedUpTo) {
      if (record.duplicate) {
        return;
      }
      record.latenessMillis = Math.max(horizon, closedUpTo + 1) - windowEnd;
      lateEvents.inc();
      output.collect(LATE, element);
      return;
    }
    if (record.eventTime - outOfOrderness > horizon) {
      horizons[record.partition] = record.eventTime - outOfOrderness;
      raised[record.partition] = record.eventTime - outOfOrderness;
    }
    if (!record.duplicate) {
      output.collect(element);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    closedUpTo = Math.max(closedUpTo, mark.getTimestamp());
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
    LatenessState restored = LatenessState.merge(state.get());
    horizons = restored.horizons;
    closedUpTo = restored.watermark;
    lastWindowEnd = restored.lastWindowEnd;
    raised = unknown(horizons.length);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // One subtask keeps what nobody raised, so that the state does not multiply with each restart.
    boolean keeper = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    LatenessState own = new LatenessState();
    own.horizons = (keeper ? horizons : raised).clone();
    own.watermark = closedUpTo;
    own.lastWindowEnd = lastWindowEnd;
    state.update(List.of(own));
  }

  private void ensureKnown(int partition) {
    if (partition >= horizons.length) {
      int known = horizons.length;
      horizons = Arrays.copyOf(horizons, partition + 1);
      raised = Arrays.copyOf(raised, partition + 1);
      Arrays.fill(horizons, known, partition + 1, Long.MIN_VALUE);
      Arrays.fill(raised, known, partition + 1, Long.MIN_VALUE);
    }
  }

  private static long[] unknown(int partitions) {
    long[] horizons = new long[partitions];
    Arrays.fill(horizons, Long.MIN_VALUE);
    return horizons;
  }
}
