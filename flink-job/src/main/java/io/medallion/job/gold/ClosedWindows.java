package io.medallion.job.gold;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Watches over the invariant that gold rests on: no part of a window comes after the window closed,
 * because the lateness gate keeps such events back.
 */
public final class ClosedWindows {

  /** Parts that came for a window that was closed. */
  public static final OutputTag<WindowAggregate> LATE_PART =
      new OutputTag<>("late-part", TypeInformation.of(WindowAggregate.class));

  private ClosedWindows() {}

  /** Fails the job should such a part ever come: dropping it would make gold silently wrong. */
  public static SingleOutputStreamOperator<Void> refuse(
      SingleOutputStreamOperator<WindowAggregate> windows) {
    return windows.getSideOutput(LATE_PART).process(new Refuse(), TypeInformation.of(Void.class));
  }

  private static final class Refuse extends ProcessFunction<WindowAggregate, Void> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(WindowAggregate part, Context context, Collector<Void> out) {
      throw new IllegalStateException(
          "%d events of station '%s' reached the window %d..%d after it had closed. The lateness gate must not let them pass: this is a defect of the job, not of the data. No event is lost, bronze and silver have them; please report it with the configuration and the watermarks of the source subtasks"
              .formatted(part.eventCount, part.stationId, part.windowStart, part.windowEnd));
    }
  }
}
