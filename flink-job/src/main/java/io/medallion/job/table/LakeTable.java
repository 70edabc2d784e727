package io.medallion.job.table;

import io.medallion.delta.RowEncoder;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * One table of the lake and how an element of the stream becomes a row of it.
 *
 * @param name of the sink in the table's history: never to be changed
 * @param path under the lake's root
 * @param partitionColumn the date column that the table is partitioned by, if it is
 */
public record LakeTable<T>(
    String name,
    String path,
    RowType rowType,
    Optional<String> partitionColumn,
    RowEncoder<T> encoder) {}
