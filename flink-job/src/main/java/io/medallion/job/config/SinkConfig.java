package io.medallion.job.config;

import io.medallion.delta.Compression;
import io.medallion.delta.RewindPolicy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;

/**
 * How tables are written.
 *
 * @param lakePath folder of the tables, without a slash at its end
 * @param deltaCheckpointInterval commits between two checkpoints of a table's log
 * @param onRewind what to do with a table that is ahead of the state that the job starts from
 * @param hadoop settings of the file systems; may hold secrets
 */
public record SinkConfig(
    String lakePath,
    MemorySize targetFileSize,
    Compression compression,
    int deltaCheckpointInterval,
    RewindPolicy onRewind,
    Map<String, String> hadoop) {

  public SinkConfig {
    hadoop = Map.copyOf(hadoop);
  }

  static SinkConfig of(Settings settings) {
    return new SinkConfig(
        settings.required(ConfigKey.LAKE_PATH).replaceAll("(?<=[^/:])/+$", ""),
        settings.size(ConfigKey.TARGET_FILE_SIZE),
        settings.choice(ConfigKey.COMPRESSION, Compression.class),
        settings.positive(ConfigKey.CHECKPOINT_INTERVAL),
        settings.choice(ConfigKey.ON_REWIND, RewindPolicy.class),
        settings.under(ConfigKey.HADOOP_PREFIX));
  }

  /** Where the table with this path under the lake's root is. */
  public String tablePath(String path) {
    return lakePath + "/" + path;
  }

  /** Names Hadoop's settings, not their values. */
  @Override
  public String toString() {
    return "SinkConfig[lakePath=%s, targetFileSize=%s, compression=%s, deltaCheckpointInterval=%d, onRewind=%s, hadoop=%s]"
        .formatted(
            lakePath,
            targetFileSize,
            compression,
            deltaCheckpointInterval,
            onRewind,
            new TreeMap<>(hadoop).keySet());
  }
}
