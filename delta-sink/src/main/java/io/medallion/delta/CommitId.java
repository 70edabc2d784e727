package io.medallion.delta;

/**
 * Names a commit of a sink: in the log, the application and the version of its {@code txn}.
 *
 * @param epoch the run that wrote its files
 * @param checkpointId the checkpoint whose barrier followed the files
 */
record CommitId(String epoch, long checkpointId) {

  @Override
  public String toString() {
    return "checkpoint " + checkpointId + " of epoch " + epoch;
  }
}
