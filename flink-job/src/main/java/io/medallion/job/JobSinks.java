package io.medallion.job;

import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.SchemaPolicy;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SinkConfig;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.gold.GoldTable;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.job.hub.GapTable;
import io.medallion.job.hub.OffsetGap;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the topology writes to: one sink per table. */
public record JobSinks(
    Sink<WeatherRecord> bronze,
    Sink<WeatherRecord> silver,
    Sink<WeatherRecord> quarantine,
    Sink<WeatherRecord> late,
    Sink<OffsetGap> gaps,
    Sink<WindowAggregate> goldByStation,
    Sink<WindowAggregate> goldSummary) {

  /** The tables of a lake. */
  static JobSinks delta(JobConfig config) {
    SinkConfig sink = config.sink();
    return new JobSinks(
        delta(BronzeTable.table(), sink),
        delta(SilverTable.table(), sink),
        delta(QuarantineTable.table(config.rules()), sink),
        delta(LateTable.table(config.windows().windows()), sink),
        delta(GapTable.table(), sink),
        delta(GoldTable.byStation(), sink),
        delta(GoldTable.summary(), sink));
  }

  /** The sink of one table. */
  public static <T> DeltaSink<T> delta(LakeTable<T> table, SinkConfig config) {
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
            // Of tables of an earlier release: newer columns are all nullable.
            .onMissingColumns(SchemaPolicy.ADD_COLUMNS)
            .hadoopConf(config.hadoop());
    table.partitionColumn().ifPresent(builder::partitionedBy);
    return builder.build();
  }
}
