package io.medallion.delta;

import io.medallion.delta.compact.FileMerge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many files a table consists of, and how many of them are small, by partition. Known from the
 * first listing on; then kept up to date by what the sink commits and merges. What other writers do
 * is seen at the next listing.
 *
 * <p>Thread-safe: commits come from one thread, listings and merges from another.
 */
final class LiveFiles {

  static final long UNKNOWN = -1;

  private final long targetSize;
  private Tally known;

  /** The version that was listed last; it has all commits up to it, whenever they are told. */
  private long listed = -1;

  /** Commits since the listing under way began; null if none is. */
  private List<Commit> meanwhile;

  private record Commit(long version, List<DataFile> files) {}

  /** The counts of a listing. */
  static final class Tally {

    private final Map<Map<String, String>, Integer> small = new HashMap<>();
    private long files;

    void add(Map<String, String> partition, boolean isSmall) {
      files++;
      // The sink writes no such partition, so it can't write one anew.
      if (isSmall && partition.values().stream().noneMatch(Objects::isNull)) {
        small.merge(partition, 1, Integer::sum);
      }
    }
  }

  /**
   * @param targetSize as in {@link FileMerge#isSmall}
   */
  LiveFiles(long targetSize) {
    this.targetSize = targetSize;
  }

  boolean isSmall(long bytes) {
    return FileMerge.isSmall(bytes, targetSize);
  }

  /** The sink has committed files. */
  synchronized void committed(long version, List<DataFile> files) {
    if (meanwhile != null) {
      meanwhile.add(new Commit(version, files));
    }
    if (known != null && version > listed) {
      add(files);
    }
  }

  private void add(List<DataFile> files) {
    for (DataFile file : files) {
      known.add(file.partitionValues(), isSmall(file.size()));
    }
  }

  /** The table's newest version will be looked up and its files listed. */
  synchronized void listing() {
    meanwhile = new ArrayList<>();
  }

  /** The files of a version were counted that was looked up since {@link #listing}. */
  synchronized void listed(long version, Tally tally) {
    known = tally;
    listed = version;
    meanwhile.stream().filter(commit -> commit.version() > version).forEach(c -> add(c.files()));
    meanwhile = null;
  }

  /** The listing came to nothing, or is over. */
  synchronized void notListing() {
    meanwhile = null;
  }

  /** Small files of a partition became others, of which the last one may be small. */
  synchronized void merged(Map<String, String> partition, int before, int after) {
    known.files += after - before;
    known.small.merge(partition, Math.min(1, after) - before, Integer::sum);
    known.small.values().removeIf(count -> count <= 0);
  }

  /** All of them; {@value #UNKNOWN} before the first listing. */
  synchronized long count() {
    return known == null ? UNKNOWN : known.files;
  }

  /** Those of the partition that has most; {@value #UNKNOWN} before the first listing. */
  synchronized long mostSmall() {
    return known == null
        ? UNKNOWN
        : known.small.values().stream().mapToLong(count -> count).max().orElse(0);
  }

  /** The partition that has most small files; empty if none has any, or it is not known. */
  synchronized Optional<Map<String, String>> fullest() {
    return known == null
        ? Optional.empty()
        : known.small.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
