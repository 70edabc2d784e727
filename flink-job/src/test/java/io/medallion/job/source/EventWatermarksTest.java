package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class EventWatermarksTest {

  private final ConsumerLag lag = new ConsumerLag();
  private final WatermarkStrategy<EventRecord> strategy =
      EventWatermarks.strategy(
          new LatenessConfig(Duration.ofSeconds(5), Optional.empty(), Duration.ofSeconds(10)), lag);
  private long lastWatermark = Long.MIN_VALUE;

  @Test
  void aSubtaskThatGetsNoPartitionHoldsNothingBack() {
    WatermarkGenerator<EventRecord> subtask = create();
    lag.allAssigned();

    emit(subtask);

    assertThat(System.currentTimeMillis() - lastWatermark).isBetween(15_000L, 60_000L);
  }

  /** The broker may be away when the job starts: then all partitions are yet to come. */
  @Test
  void aSubtaskWhosePartitionsMayBeYetToComeWaitsForThem() {
    WatermarkGenerator<EventRecord> subtask = create();

    emit(subtask);

    assertThat(lastWatermark).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aSubtaskWithPartitionsLeavesTheWatermarkToThem() {
    WatermarkGenerator<EventRecord> subtask = create();
    lag.assigned(3);
    lag.allAssigned();
    create();

    emit(subtask);

    assertThat(lastWatermark).isEqualTo(Long.MIN_VALUE);
  }

  /** As Flink ships them: in one piece. */
  @Test
  void sourceAndWatermarksOfASubtaskShareWhatTheyKnow() throws Exception {
    Map<String, Object> shipped =
        InstantiationUtil.clone(new HashMap<>(Map.of("strategy", strategy, "lag", lag)));
    @SuppressWarnings("unchecked")
    WatermarkStrategy<EventRecord> itsStrategy =
        (WatermarkStrategy<EventRecord>) shipped.get("strategy");
    WatermarkGenerator<EventRecord> subtask = itsStrategy.createWatermarkGenerator(context());
    ((ConsumerLag) shipped.get("lag")).allAssigned();

    emit(subtask);

    assertThat(lastWatermark).isPositive();
  }

  @Test
  void rejectedEventsHaveTheirEnqueuedTime() {
    TimestampAssigner<EventRecord> timestamps = strategy.createTimestampAssigner(null);
    EventRecord event = WeatherEvents.event("a", 5);
    event.enqueuedTime = 7;
    assertThat(timestamps.extractTimestamp(event, 1)).isEqualTo(5);

    event.reject(RejectReason.OUT_OF_RANGE, "");

    assertThat(timestamps.extractTimestamp(event, 1)).isEqualTo(7);
  }

  private WatermarkGenerator<EventRecord> create() {
    return strategy.createWatermarkGenerator(context());
  }

  private static WatermarkGeneratorSupplier.Context context() {
    return new WatermarkGeneratorSupplier.Context() {
      @Override
      public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup();
      }

      @Override
      public RelativeClock getInputActivityClock() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private void emit(WatermarkGenerator<EventRecord> generator) {
    generator.onPeriodicEmit(
        new WatermarkOutput() {
          @Override
          public void emitWatermark(Watermark watermark) {
            lastWatermark = watermark.getTimestamp();
          }

          @Override
          public void markIdle() {
            throw new AssertionError("must never be idle");
          }

          @Override
          public void markActive() {}
        });
  }
}
