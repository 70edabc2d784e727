package io.medallion.job.gold;

/** What is kept of a window's events: of this release, or of the first one. */
public interface GoldState {

  /** In the form of this release, with the parts that the contract's gold is told from. */
  GoldCell toCell(GoldLayout.Names names);
}
