package io.medallion.job.gold;

import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * Puts cells of one window together: the parts of one key's, as they come from the combiners, or
 * the keys' cells into one over everything.
 */
final class CellMerge implements AggregateFunction<GoldState, GoldState, GoldState> {

  private static final long serialVersionUID = 3L;

  private final GoldLayout.Names names;
  private final boolean overEverything;

  private CellMerge(GoldLayout.Names names, boolean overEverything) {
    this.names = names;
    this.overEverything = overEverything;
  }

  /** Of one key. */
  static CellMerge ofKey(GoldLayout.Names names) {
    return new CellMerge(names, false);
  }

  /** Of all keys, each of which comes once. */
  static CellMerge ofAll(GoldLayout.Names names) {
    return new CellMerge(names, true);
  }

  @Override
  public GoldState createAccumulator() {
    return new GoldCell(names);
  }

  @Override
  public GoldState add(GoldState value, GoldState accumulator) {
    GoldCell part = value.toCell(names);
    GoldCell sum = accumulator.toCell(names);
    sum.add(part);
    if (overEverything) {
      sum.keyCount += part.keyCount;
    } else {
      sum.key = part.key;
      sum.keyCount = 1;
    }
    return sum;
  }

  @Override
  public GoldState merge(GoldState a, GoldState b) {
    return add(b, a);
  }

  @Override
  public GoldState getResult(GoldState accumulator) {
    return accumulator.toCell(names);
  }
}
