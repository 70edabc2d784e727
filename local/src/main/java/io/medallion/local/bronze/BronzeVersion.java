package io.medallion.local.bronze;

import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableVersion;
import java.io.Serializable;
import java.util.Map;

/**
 * A version of a lake's bronze, as it is shipped to where it is read.
 *
 * @param settings of the lake's file system; may hold secrets
 * @param rowsAtOnce that are held in memory of a file that is read
 */
public record BronzeVersion(String lake, Map<String, String> settings, long version, int rowsAtOnce)
    implements Serializable {

  /** What rows held in memory may need, about. */
  private static final long BATCH_BYTES = 16 << 20;

  /** So much larger than in a file a row may be in memory. */
  private static final long EXPANSION = 32;

  private static final long MOST_ROWS = 512;

  public BronzeVersion {
    settings = Map.copyOf(settings);
  }

  /** Of a version that is open. */
  public static BronzeVersion of(String lake, Map<String, String> settings, TableVersion bronze) {
    long largestRow =
        bronze.files().stream()
            .mapToLong(file -> file.bytes() / Math.max(1, file.rows()))
            .max()
            .orElse(1);
    long rows = BATCH_BYTES / (EXPANSION * Math.max(1, largestRow));
    return new BronzeVersion(
        lake,
        settings,
        bronze.snapshot().getVersion(),
        (int) Math.max(1, Math.min(MOST_ROWS, rows)));
  }

  TableVersion open() {
    Lake inBatches = Lake.at(lake, settings).inBatchesOf(rowsAtOnce);
    return inBatches.open(inBatches.tables().bronze(), version);
  }

  /** Names the settings, not their values. */
  @Override
  public String toString() {
    return "BronzeVersion[%s at version %d, settings=%s]"
        .formatted(lake, version, settings.keySet());
  }
}
