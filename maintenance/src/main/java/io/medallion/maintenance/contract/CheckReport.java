package io.medallion.maintenance.contract;

import io.medallion.contract.Contract;
import io.medallion.maintenance.contract.sample.SampleCheck;
import io.medallion.maintenance.contract.sample.SampleSummary;
import java.io.Closeable;
import java.io.IOException;

/** Tells what a check finds, as it finds it. */
interface CheckReport extends SampleCheck.Verdicts, Closeable {

  /** The contract is wrong; nothing follows. */
  void wrong(String message) throws IOException;

  /**
   * The contract is right.
   *
   * @param name as it was asked for
   */
  void right(String name, Contract contract) throws IOException;

  /** What became of all lines of a sample. */
  void summary(Contract contract, SampleSummary summary) throws IOException;

  @Override
  void close() throws IOException;
}
