package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a table must be like for its files to be rewritten or removed by us: as this sink makes it,
 * reader version 1 and writer version 2, and no property whose meaning for files is not known here.
 */
public final class PlainTable {

  private static final Set<String> KNOWN_FEATURES = Set.of("appendOnly", "invariants");

  /** Properties of Delta that say nothing of what is in a data file. */
  private static final Set<String> HARMLESS =
      Set.of(
          "delta.appendOnly",
          "delta.autoOptimize",
          "delta.autoOptimize.autoCompact",
          "delta.autoOptimize.optimizeWrite",
          "delta.checkpoint.writeStatsAsJson",
          "delta.checkpoint.writeStatsAsStruct",
          "delta.checkpointInterval",
          "delta.checkpointPolicy",
          "delta.compatibility.symlinkFormatManifest.enabled",
          "delta.dataSkippingNumIndexedCols",
          "delta.deletedFileRetentionDuration",
          "delta.enableExpiredLogCleanup",
          "delta.logRetentionDuration",
          "delta.minReaderVersion",
          "delta.minWriterVersion",
          "delta.parquet.compression.codec",
          "delta.setTransactionRetentionDuration",
          "delta.targetFileSize",
          "delta.tuneFileSizesForRewrites");

  /** Values that switch a property off. */
  private static final Set<String> OFF = Set.of("false", "none", "");

  private PlainTable() {}

  /**
   * Throws {@link TableConflictException} that names every feature and property that is not known
   * here, if the table has one.
   */
  public static void require(Snapshot table) {
    List<String> unknown = unknown(table);
    if (!unknown.isEmpty()) {
      throw new TableConflictException(
          "Delta table "
              + table.getPath()
              + " (version "
              + table.getVersion()
              + ") is left alone: it has "
              + String.join(", ", unknown)
              + ", which this tool does not know. Use the tool that has set it.");
    }
  }

  private static List<String> unknown(Snapshot table) {
    List<String> unknown = new ArrayList<>();
    Protocol protocol = ((SnapshotImpl) table).getProtocol();
    protocol.getImplicitlyAndExplicitlySupportedFeatures().stream()
        .map(feature -> feature.featureName())
        .filter(name -> !KNOWN_FEATURES.contains(name))
        .sorted()
        .forEach(name -> unknown.add("the table feature '" + name + "'"));
    deltaProperties(table)
        .forEach(
            (key, value) -> {
              boolean isFeature = key.startsWith("delta.feature.");
              if (!isFeature && !HARMLESS.contains(key) && !OFF.contains(value)) {
                unknown.add("the property '" + key + "'");
              }
            });
    return unknown;
  }

  /** The properties of Delta, without those of sinks and of people. */
  static Map<String, String> deltaProperties(Snapshot table) {
    Map<String, String> properties = new TreeMap<>(table.getTableProperties());
    properties.keySet().removeIf(key -> !key.startsWith("delta."));
    return properties;
  }
}
