package io.medallion.maintenance.vacuum;

import io.medallion.delta.SinkFiles;
import java.time.Duration;
import java.time.Instant;

/**
 * Which files of a table may go, by one version of it.
 *
 * <p>A file stays if a version within the retention needs it, if it is younger than the retention,
 * or if the job that owns the table may commit it, however old it is: as a running job does, or one
 * that is restored from a retained checkpoint. A file of an earlier run of the job, which could be
 * committed only after a rollback to that run, stays as long as the table's log does. A file of
 * which nothing is known stays for {@link #LONGEST_COMMAND} at least: a command that writes to the
 * table takes no longer.
 *
 * @param retention how long ago a version may be the newest that is kept readable
 * @param logRetention how long the log is kept
 */
record FileRules(
    References references, SinkFiles sink, Instant now, Duration retention, Duration logRetention) {

  static final Duration LONGEST_COMMAND = Duration.ofDays(1);

  /**
   * Decides on a file.
   *
   * @param path under the table's root
   * @param name without its folder
   * @param modified by storage's clock
   */
  Verdict verdict(String path, String name, Instant modified) {
    if (references.needed().contains(path)) {
      return Verdict.NEEDED;
    }
    if (!name.endsWith(".parquet")) {
      return Verdict.FOREIGN;
    }
    Duration age = Duration.between(modified, now);
    if (age.compareTo(retention) < 0) {
      return Verdict.YOUNG;
    }
    if (references.left().contains(path)) {
      return Verdict.REPLACED;
    }
    return switch (sink.fate(name)) {
      case SETTLED -> Verdict.FAILED;
      case PENDING -> Verdict.PENDING;
      case SUPERSEDED -> age.compareTo(logRetention) < 0 ? Verdict.PENDING : Verdict.ABANDONED;
      case UNKNOWN -> age.compareTo(LONGEST_COMMAND) < 0 ? Verdict.YOUNG : Verdict.STRAY;
    };
  }
}
