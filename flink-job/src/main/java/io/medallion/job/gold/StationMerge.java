package io.medallion.job.gold;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Puts the parts of one station's window together, as they come from the combiners. */
public final class StationMerge
    implements AggregateFunction<WindowAggregate, WindowAggregate, WindowAggregate> {

  private static final long serialVersionUID = 1L;

  @Override
  public WindowAggregate createAccumulator() {
    return new WindowAggregate();
  }

  @Override
  public WindowAggregate add(WindowAggregate part, WindowAggregate accumulator) {
    accumulator.add(part);
    accumulator.stationId = part.stationId;
    accumulator.stationCount = 1;
    return accumulator;
  }

  @Override
  public WindowAggregate merge(WindowAggregate a, WindowAggregate b) {
    return add(b, a);
  }

  @Override
  public WindowAggregate getResult(WindowAggregate accumulator) {
    return accumulator;
  }
}
