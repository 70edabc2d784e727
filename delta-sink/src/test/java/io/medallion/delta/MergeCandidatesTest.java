package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MergeCandidatesTest {

  private static final long UNLIMITED = Long.MAX_VALUE;

  @Test
  void aLargerFileIsLeftOutUntilTheSmallerOnesAreAsLargeTogether() {
    assertThat(sizes(choose(5, UNLIMITED, 1, 1, 1, 4, 8))).containsExactly(1L, 1L, 1L);
    assertThat(sizes(choose(5, UNLIMITED, 1, 1, 1, 1, 4, 9))).containsExactly(1L, 1L, 1L, 1L, 4L);
  }

  @Test
  void soManyAreMergedThatNoMoreStayThanMay() {
    assertThat(sizes(choose(2, UNLIMITED, 1, 4, 16, 64, 256))).containsExactly(1L, 4L, 16L, 64L);
  }

  @Test
  void noMoreIsReadAtOnceThanMayBeButTwoFiles() {
    assertThat(choose(1, 10, 4, 4, 4, 4)).hasSize(2);
    assertThat(choose(1, 1, 4, 4, 4, 4)).hasSize(2);
  }

  @Test
  void filesAreReadInTheOrderInWhichTheyWereWritten() {
    assertThat(sizes(choose(1, UNLIMITED, 3, 1, 2))).containsExactly(3L, 1L, 2L);
  }

  @Test
  void ofVeryManyFilesTheSmallestAreKept() {
    MergeCandidates candidates = candidates(LongStream.rangeClosed(1, 10_000).toArray());

    assertThat(candidates.count()).isEqualTo(10_000);
    assertThat(sizes(candidates.choose(1, UNLIMITED)))
        .hasSize(MergeCandidates.MOST_FILES)
        .last()
        .isEqualTo((long) MergeCandidates.MOST_FILES);
  }

  /** Every time that there are 51, as the job does by default, of 10,000 files of the same size. */
  @Test
  void aRowIsWrittenAnewAboutAsOftenAsItsFileDoubles() {
    List<Long> files = new ArrayList<>();
    long written = 0;
    for (int commit = 0; commit < 10_000; commit++) {
      files.add(1L);
      if (files.size() > 50) {
        List<Long> merged =
            sizes(choose(25, UNLIMITED, files.stream().mapToLong(size -> size).toArray()));
        merged.forEach(files::remove);
        long bytes = merged.stream().mapToLong(size -> size).sum();
        files.add(bytes);
        written += bytes;
      }
    }
    assertThat(written).isLessThan(10_000 * 8);
  }

  private static List<Row> choose(int leave, long mostBytes, long... sizes) {
    return candidates(sizes).choose(leave, mostBytes);
  }

  private static MergeCandidates candidates(long... sizes) {
    MergeCandidates candidates = new MergeCandidates();
    for (int i = 0; i < sizes.length; i++) {
      Map<Integer, Object> add = new HashMap<>();
      add.put(AddFile.SCHEMA_WITH_STATS.indexOf("path"), "file-" + i);
      add.put(
          AddFile.SCHEMA_WITH_STATS.indexOf("partitionValues"),
          VectorUtils.stringStringMapValue(Map.of()));
      add.put(AddFile.SCHEMA_WITH_STATS.indexOf("size"), sizes[i]);
      add.put(AddFile.SCHEMA_WITH_STATS.indexOf("modificationTime"), (long) i);
      add.put(AddFile.SCHEMA_WITH_STATS.indexOf("dataChange"), true);
      Row scanFile =
          new GenericRow(
              InternalScanFileUtils.SCAN_FILE_SCHEMA_WITH_STATS,
              Map.of(0, new GenericRow(AddFile.SCHEMA_WITH_STATS, add), 1, "file:/table"));
      candidates.add(scanFile, TableLog.addFile(scanFile));
    }
    return candidates;
  }

  private static List<Long> sizes(List<Row> files) {
    return files.stream().map(file -> TableLog.addFile(file).getSize()).toList();
  }
}
