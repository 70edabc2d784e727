package io.medallion.job.gold;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Puts the stations of one window together. Each station comes once. */
public final class SummaryMerge
    implements AggregateFunction<WindowAggregate, WindowAggregate, WindowAggregate> {

  private static final long serialVersionUID = 1L;

  @Override
  public WindowAggregate createAccumulator() {
    return new WindowAggregate();
  }

  @Override
  public WindowAggregate add(WindowAggregate station, WindowAggregate accumulator) {
    accumulator.add(station);
    accumulator.stationCount += station.stationCount;
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
