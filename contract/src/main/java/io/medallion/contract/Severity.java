package io.medallion.contract;

/** What becomes of an event that breaks a rule. */
public enum Severity {
  /** It goes to quarantine. */
  REJECT,
  /** It goes to silver, and to gold, with a quality flag. */
  WARN
}
