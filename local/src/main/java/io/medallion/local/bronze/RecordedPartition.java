package io.medallion.local.bronze;

import java.io.Serializable;
import java.util.List;

/**
 * What bronze has of a partition and is to be replayed.
 *
 * @param first the first offset
 * @param last the last offset
 * @param runs where these offsets are, in the order of first offsets; most do not overlap
 */
record RecordedPartition(int number, long first, long last, List<Run> runs)
    implements Serializable {

  RecordedPartition {
    runs = List.copyOf(runs);
  }
}
