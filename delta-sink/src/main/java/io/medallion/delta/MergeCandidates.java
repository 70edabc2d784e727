package io.medallion.delta;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The small files of one partition, of which some are chosen to be merged.
 *
 * <p>A file goes with those that are smaller than it if it is not larger than they are together. So
 * a row is written anew about as often as its file doubles, and not at every merge. Only if too
 * many files would stay, more go.
 */
final class MergeCandidates {

  /** The smallest ones are kept; the others' turn comes after them. */
  static final int MOST_FILES = 4_096;

  private static final Comparator<Candidate> BY_SIZE =
      Comparator.comparingLong(Candidate::size).thenComparing(Candidate::path);

  private final PriorityQueue<Candidate> largestFirst = new PriorityQueue<>(BY_SIZE.reversed());
  private int count;

  private record Candidate(Row scanFile, String path, long size, long modified) {}

  void add(Row scanFile, AddFile file) {
    count++;
    largestFirst.add(
        new Candidate(
            copy(scanFile, file), file.getPath(), file.getSize(), file.getModificationTime()));
    if (largestFirst.size() > MOST_FILES) {
      largestFirst.remove();
    }
  }

  /** Number of files that were added. */
  int count() {
    return count;
  }

  /**
   * Chooses files, at least two if there are.
   *
   * @param leave so many small files may stay, those that the chosen ones become included
   * @param mostBytes that are merged at once
   * @return in the order in which they were written
   */
  List<Row> choose(int leave, long mostBytes) {
    List<Candidate> smallestFirst = new ArrayList<>(largestFirst);
    smallestFirst.sort(BY_SIZE);
    List<Candidate> chosen = new ArrayList<>();
    long bytes = 0;
    for (Candidate file : smallestFirst) {
      boolean isWorthIt = file.size() <= bytes || count - chosen.size() + 1 > leave;
      if (chosen.size() >= 2 && (!isWorthIt || bytes + file.size() > mostBytes)) {
        break;
      }
      chosen.add(file);
      bytes += file.size();
    }
    return chosen.stream()
        .sorted(Comparator.comparingLong(Candidate::modified).thenComparing(Candidate::path))
        .map(Candidate::scanFile)
        .toList();
  }

  /** Kernel's own description would hold the whole batch of files in memory that it came with. */
  private static Row copy(Row scanFile, AddFile file) {
    StructType add = AddFile.SCHEMA_WITH_STATS;
    Map<Integer, Object> fields = new HashMap<>();
    fields.put(add.indexOf("path"), file.getPath());
    fields.put(
        add.indexOf("partitionValues"),
        VectorUtils.stringStringMapValue(VectorUtils.toJavaMap(file.getPartitionValues())));
    fields.put(add.indexOf("size"), file.getSize());
    fields.put(add.indexOf("modificationTime"), file.getModificationTime());
    fields.put(add.indexOf("dataChange"), file.getDataChange());
    file.getStatsJson().ifPresent(statistics -> fields.put(add.indexOf("stats"), statistics));
    StructType scan = InternalScanFileUtils.SCAN_FILE_SCHEMA_WITH_STATS;
    int root = scan.indexOf(InternalScanFileUtils.TABLE_ROOT_STRUCT_FIELD.getName());
    return new GenericRow(
        scan,
        Map.of(
            InternalScanFileUtils.ADD_FILE_ORDINAL,
            new GenericRow(add, fields),
            root,
            scanFile.getString(root)));
  }
}
