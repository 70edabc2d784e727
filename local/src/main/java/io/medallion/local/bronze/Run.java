package io.medallion.local.bronze;

import java.io.Serializable;

/**
 * Rows of a data file in which the offsets of a partition only grow; rows of other partitions may
 * be among them.
 *
 * @param file its path
 * @param firstRow the first row's number in the file, from 0
 * @param firstTime enqueued time of the first row, microseconds since 1970
 */
record Run(
    String file, long firstRow, long lastRow, long firstOffset, long lastOffset, long firstTime)
    implements Serializable {}
