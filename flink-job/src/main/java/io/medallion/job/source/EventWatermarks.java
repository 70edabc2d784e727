package io.medallion.job.source;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.late.PartitionTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;

/**
 * Makes the {@link PartitionWatermarks} of a source subtask.
 *
 * <p>Flink asks once for the subtask itself, first, and then once for each of its splits. The
 * subtask's own watermarks count only while it has no split, which happens when the job has more
 * subtasks than the topic has partitions: then they follow the wall clock as a silent partition's
 * do, so that they hold nothing back, once it is known that no partition is on its way. Each
 * subtask has its own instance of this class, because Flink ships it serialized.
 *
 * <p>A gauge in the group {@code medallion}: {@code holdingPartition}, the partition whose
 * watermark is the subtask's, as it is the furthest behind; −1 if that has not delivered a record.
 */
final class EventWatermarks implements WatermarkGeneratorSupplier<EventRecord> {

  private static final long serialVersionUID = 1L;

  private static final long SHORTEST_LOOK_MILLIS = 1000;

  private final long outOfOrderness;
  private final PartitionTime.Limits limits;
  private final ConsumerLag lag;

  private transient List<PartitionWatermarks> partitions;

  private EventWatermarks(LatenessConfig config, ConsumerLag lag) {
    this.outOfOrderness = config.outOfOrderness().toMillis();
    this.limits = PartitionTime.Limits.of(config);
    this.lag = lag;
  }

  /**
   * Watermarks per partition; valid events have their event time, others their enqueued time.
   *
   * @param lag the one of the source
   */
  static WatermarkStrategy<EventRecord> strategy(LatenessConfig config, ConsumerLag lag) {
    return WatermarkStrategy.forGenerator(new EventWatermarks(config, lag))
        .withTimestampAssigner(
            (event, brokerTime) -> event.isValid() ? event.eventTime : event.enqueuedTime);
  }

  @Override
  public WatermarkGenerator<EventRecord> createWatermarkGenerator(Context context) {
    if (partitions == null) {
      partitions = new CopyOnWriteArrayList<>();
      context.getMetricGroup().addGroup("medallion").gauge("holdingPartition", this::holding);
      return new OfSubtask(SystemClock.getInstance());
    }
    PartitionWatermarks partition = new PartitionWatermarks(limits, outOfOrderness, lag);
    partitions.add(partition);
    return partition;
  }

  private int holding() {
    return partitions.stream()
        .min(Comparator.comparingLong(PartitionWatermarks::lastWatermark))
        .map(PartitionWatermarks::partition)
        .orElse(-1);
  }

  /** Silent as soon as there is a split; sees to it that what is known of silence is not old. */
  private final class OfSubtask implements WatermarkGenerator<EventRecord> {

    private final Clock clock;
    private final long lookEvery;
    private long lastWatermark = Long.MIN_VALUE;

    OfSubtask(Clock clock) {
      this.clock = clock;
      this.lookEvery = Math.max(limits.idleTimeout() / 8, SHORTEST_LOOK_MILLIS);
    }

    @Override
    public void onEvent(EventRecord event, long timestamp, WatermarkOutput output) {
      throw new IllegalStateException("An event came without a split: " + event.offset);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      long now = clock.absoluteTimeMillis();
      lag.look(now, lookEvery);
      if (partitions.isEmpty() && lag.isWithoutPartitions()) {
        long watermark = now - limits.idleTimeout() - outOfOrderness - 1;
        if (watermark > lastWatermark) {
          lastWatermark = watermark;
          output.emitWatermark(new Watermark(watermark));
        }
      }
    }
  }
}
