package io.medallion.job.source;

import io.medallion.job.event.WeatherRecord;
import java.time.Duration;
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
 * do, so that they hold nothing back. Each subtask has its own instance of this class, because
 * Flink ships it serialized.
 */
final class WeatherWatermarks implements WatermarkGeneratorSupplier<WeatherRecord> {

  private static final long serialVersionUID = 1L;

  private final Duration outOfOrderness;
  private final Duration idleTimeout;

  private transient SourceActivity subtask;
  private transient boolean hasSplits;

  private WeatherWatermarks(Duration outOfOrderness, Duration idleTimeout) {
    this.outOfOrderness = outOfOrderness;
    this.idleTimeout = idleTimeout;
  }

  /** Watermarks per partition; valid events have their event time, others their enqueued time. */
  static WatermarkStrategy<WeatherRecord> strategy(Duration outOfOrderness, Duration idleTimeout) {
    return WatermarkStrategy.forGenerator(new WeatherWatermarks(outOfOrderness, idleTimeout))
        .withTimestampAssigner(
            (event, brokerTime) -> event.isValid() ? event.eventTime : event.enqueuedTime);
  }

  @Override
  public WatermarkGenerator<WeatherRecord> createWatermarkGenerator(Context context) {
    Clock wallClock = SystemClock.getInstance();
    if (subtask == null) {
      subtask = new SourceActivity(idleTimeout, wallClock);
      return new WithoutSplits(partition(context, wallClock));
    }
    hasSplits = true;
    return partition(context, wallClock);
  }

  private PartitionWatermarks partition(Context context, Clock wallClock) {
    return new PartitionWatermarks(
        outOfOrderness, idleTimeout, context.getInputActivityClock(), wallClock, subtask);
  }

  /** Silent as soon as there is a split. */
  private final class WithoutSplits implements WatermarkGenerator<WeatherRecord> {

    private final PartitionWatermarks silence;

    WithoutSplits(PartitionWatermarks silence) {
      this.silence = silence;
    }

    @Override
    public void onEvent(WeatherRecord event, long timestamp, WatermarkOutput output) {
      throw new IllegalStateException("An event came without a split: " + event.offset);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (!hasSplits) {
        silence.onPeriodicEmit(output);
      }
    }
  }
}
