package io.medallion.job.source;

/** The share of rejected events is above the threshold, and the configuration says to fail then. */
public final class TooManyRejectsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyRejectsException(String whatHappened) {
    super(
        whatHappened
            + ". The job fails because alarm.reject.action = fail: mend the sender or the rules, or set it to log, and start the job again");
  }
}
