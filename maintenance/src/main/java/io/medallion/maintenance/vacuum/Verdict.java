package io.medallion.maintenance.vacuum;

/** Why a file under a table's folder is deleted or kept. */
enum Verdict {
  REPLACED(true, "left the table before the retention, by compaction, rollback or another writer"),
  FAILED(true, "of failed attempts of the job, never to be committed"),
  ABANDONED(true, "of runs that lost the table, older than its log"),
  STRAY(true, "of no known run, never committed"),
  NEEDED(false, "of the newest version or one within the retention"),
  YOUNG(false, "younger than the retention"),
  PENDING(false, "that the job may still commit"),
  FOREIGN(false, "that are no Parquet files");

  private final boolean deleted;
  private final String description;

  Verdict(boolean deleted, String description) {
    this.deleted = deleted;
    this.description = description;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Completes "files". */
  String description() {
    return description;
  }
}
