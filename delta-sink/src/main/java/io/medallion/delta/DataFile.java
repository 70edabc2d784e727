package io.medallion.delta;

import java.util.Map;

/**
 * A finished data file that is not yet part of the table: what a writer hands to the aggregator.
 *
 * @param path relative to the table's root, partition directories included, not URI-encoded
 * @param partitionValues partition column name → value in Delta's string form
 * @param size bytes
 * @param modificationTime milliseconds since the epoch
 * @param rows number of rows
 * @param statistics the file's statistics as JSON ("Per-file Statistics" in the Delta protocol)
 */
record DataFile(
    String path,
    Map<String, String> partitionValues,
    long size,
    long modificationTime,
    long rows,
    String statistics) {}
