package io.medallion.job.gold;

import io.medallion.contract.Contract;
import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * Puts cells of one window together: the parts of one key's, as they come from the combiners, or
 * the keys' cells into one over everything.
 */
public final class CellMerge implements AggregateFunction<GoldState, GoldState, GoldState> {

  private static final long serialVersionUID = 2L;

  private final Contract contract;
  private final boolean overEverything;
  private transient GoldLayout.Names names;

  private CellMerge(Contract contract, boolean overEverything) {
    this.contract = contract;
    this.overEverything = overEverything;
  }

  /** Of one key. */
  public static CellMerge ofKey(Contract contract) {
    return new CellMerge(contract, false);
  }

  /** Of all keys, each of which comes once. */
  public static CellMerge ofAll(Contract contract) {
    return new CellMerge(contract, true);
  }

  @Override
  public GoldState createAccumulator() {
    return new GoldCell(names());
  }

  @Override
  public GoldState add(GoldState value, GoldState accumulator) {
    GoldCell part = value.toCell(names());
    GoldCell sum = accumulator.toCell(names());
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
    return accumulator.toCell(names());
  }

  private GoldLayout.Names names() {
    if (names == null) {
      names = new GoldLayout(contract).names();
    }
    return names;
  }
}
