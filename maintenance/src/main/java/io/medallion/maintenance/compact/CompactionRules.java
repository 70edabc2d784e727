package io.medallion.maintenance.compact;

import io.medallion.delta.compact.FileMerge;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which files are put together.
 *
 * @param targetSize bytes that a file is to have
 * @param minFiles so many small files a partition must have
 * @param olderThan a date partition is closed that long after its day; a file of another table is
 *     taken that long after it was written
 * @param openDays whether files of a day that is not closed are taken too, by when they were
 *     written
 */
public record CompactionRules(long targetSize, int minFiles, Duration olderThan, boolean openDays) {

  /** The same rules for other ages. */
  public CompactionRules olderThan(Duration other) {
    return new CompactionRules(targetSize, minFiles, other, openDays);
  }

  boolean isSmall(long bytes) {
    return FileMerge.isSmall(bytes, targetSize);
  }

  boolean isClosed(LocalDate day, Instant now) {
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return !end.plus(olderThan).isAfter(now);
  }

  boolean isOld(long modifiedMillis, Instant now) {
    return !Instant.ofEpochMilli(modifiedMillis).plus(olderThan).isAfter(now);
  }

  /** Whether it is worth it: the files are many, and become fewer. */
  boolean isWorthIt(int files, long bytes) {
    return files >= minFiles && expectedFiles(bytes) < files;
  }

  /** So many files small ones of together that size become, about. */
  long expectedFiles(long bytes) {
    return bytes / targetSize + 1;
  }
}
