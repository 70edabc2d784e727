package io.medallion.job;

import io.medallion.contract.Contract;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.SchemaPolicy;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.config.CompactionConfig;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SinkConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldState;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.hub.GapTable;
import io.medallion.job.hub.OffsetGap;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the topology writes to: one sink per table.
 *
 * @param gold in the order of the contract
 */
public record JobSinks(
    Sink<EventRecord> bronze,
    Sink<EventRecord> silver,
    Sink<EventRecord> quarantine,
    Sink<EventRecord> late,
    Sink<OffsetGap> gaps,
    List<Sink<GoldState>> gold) {

  /** The tables of a lake. */
  static JobSinks delta(JobConfig config) {
    Contract contract = config.rules().contract();
    List<Sink<GoldState>> gold = new ArrayList<>();
    for (int i = 0; i < contract.gold().size(); i++) {
      gold.add(compacted(GoldTableEncoder.table(contract, i), config));
    }
    return new JobSinks(
        compacted(BronzeTable.table(), config),
        compacted(SilverTable.table(contract), config),
        compacted(QuarantineTable.table(config.rules()), config),
        compacted(
            LateTable.table(contract, config.windows().windows().toArray(TumblingWindows[]::new)),
            config),
        compacted(GapTable.table(), config),
        List.copyOf(gold));
  }

  /** The sink of one table in the job, which merges small files of some. */
  private static <T> DeltaSink<T> compacted(LakeTable<T> table, JobConfig config) {
    DeltaSinkBuilder<T> builder = builder(table, config.sink());
    CompactionConfig compaction = config.compaction();
    if (compaction.tables().contains(table.path())) {
      builder.compaction(compaction.maxSmallFiles(), compaction.targetSize());
    }
    return builder.build();
  }

  /** The sink of one table. */
  public static <T> DeltaSink<T> delta(LakeTable<T> table, SinkConfig config) {
    return builder(table, config).build();
  }

  private static <T> DeltaSinkBuilder<T> builder(LakeTable<T> table, SinkConfig config) {
    DeltaSinkBuilder<T> builder =
        DeltaSink.<T>builder()
            .name(table.name())
            .tablePath(config.tablePath(table.path()))
            .rowType(table.rowType())
            .encoder(table.encoder())
            .tableProperty(
                "delta.checkpointInterval", Integer.toString(config.deltaCheckpointInterval()))
            .targetFileSize(config.targetFileSize())
            .compression(config.compression())
            .onRewind(config.onRewind())
            .meaning(table.meaning())
            // Of tables of an earlier release: newer columns are all nullable.
            .onMissingColumns(SchemaPolicy.ADD_COLUMNS)
            .hadoopConf(config.hadoop());
    table.partitionColumn().ifPresent(builder::partitionedBy);
    return builder;
  }
}
