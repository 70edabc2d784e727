package io.medallion.job.table;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowMeaning;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * One table of the lake and how an element of the stream becomes a row of it.
 *
 * @param name of the sink in the table's history: never to be changed
 * @param path under the lake's root
 * @param meaning of its rows
 * @param partitionColumn the date column that the table is partitioned by, if it is
 */
public record LakeTable<T>(
    String name,
    String path,
    RowType rowType,
    RowMeaning meaning,
    Optional<String> partitionColumn,
    RowEncoder<T> encoder) {}
