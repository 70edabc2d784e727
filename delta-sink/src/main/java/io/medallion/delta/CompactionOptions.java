package io.medallion.delta;

import java.io.Serializable;

/**
 * When the job merges small files of its table.
 *
 * @param maxSmallFiles that a partition of the table is to have at most; a table without partitions
 *     is one
 * @param targetSize bytes that a merged file is to have
 */
record CompactionOptions(int maxSmallFiles, long targetSize) implements Serializable {

  /** Files are merged when there are more: there is room for those that come meanwhile. */
  int mergeAbove() {
    return maxSmallFiles / 2;
  }

  /** So many small files may be there after a merge. */
  int leave() {
    return Math.max(1, maxSmallFiles / 4);
  }
}
