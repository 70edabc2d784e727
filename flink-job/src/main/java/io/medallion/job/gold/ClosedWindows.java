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
final class ClosedWindows {

  /** Parts that came for a window that was closed. */
  static OutputTag<GoldState> latePart(GoldCellType cells) {
    return new OutputTag<>("late-part", cells);
  }

  private ClosedWindows() {}

  /** Fails the job should such a part ever come: dropping it would make gold silently wrong. */
  static SingleOutputStreamOperator<Void> refuse(
      SingleOutputStreamOperator<GoldState> windows, GoldCellType cells) {
    return windows
        .getSideOutput(latePart(cells))
        .process(new Refuse(), TypeInformation.of(Void.class));
  }

  private static final class Refuse extends ProcessFunction<GoldState, Void> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(GoldState state, Context context, Collector<Void> out) {
      GoldCell part = (GoldCell) state;
      throw new IllegalStateException(
          "%d events of '%s' reached the window %d..%d after it had closed. The lateness gate must not let them pass: this is a defect of the job, not of the data. No event is lost, bronze and silver have them; please report it with the configuration and the watermarks of the source subtasks"
              .formatted(part.eventCount, part.key, part.windowStart, part.windowEnd));
    }
  }
}
