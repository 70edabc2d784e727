package io.medallion.local.bronze;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.late.PartitionTime;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The watermark of a partition that is replayed: its {@link PartitionTime} less the
 * out-of-orderness and a millisecond, as in the stream. The clock closes no window here.
 */
final class BronzeWatermarks implements WatermarkGenerator<EventRecord> {

  private final PartitionTime time;
  private final long outOfOrderness;
  private long last = Long.MIN_VALUE;

  private BronzeWatermarks(PartitionTime.Limits limits, long outOfOrderness) {
    this.time = new PartitionTime(limits);
    this.outOfOrderness = outOfOrderness;
  }

  static WatermarkStrategy<EventRecord> strategy(LatenessConfig config) {
    PartitionTime.Limits limits = PartitionTime.Limits.of(config);
    long outOfOrderness = config.outOfOrderness().toMillis();
    return WatermarkStrategy.forGenerator(context -> new BronzeWatermarks(limits, outOfOrderness))
        .withTimestampAssigner(
            (event, brokerTime) -> event.isValid() ? event.eventTime : event.enqueuedTime);
  }

  @Override
  public void onEvent(EventRecord event, long timestamp, WatermarkOutput output) {
    time.take(event);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (time.time() != PartitionTime.UNKNOWN && time.time() - outOfOrderness - 1 > last) {
      last = time.time() - outOfOrderness - 1;
      output.emitWatermark(new Watermark(last));
    }
  }
}
