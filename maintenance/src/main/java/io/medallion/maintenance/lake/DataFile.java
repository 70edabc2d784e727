package io.medallion.maintenance.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * A file of a table.
 *
 * @param scanRow Kernel's own description
 * @param path for people
 * @param partition the partition columns' values, null ones included
 * @param statistics as in the log (Delta protocol, "Per-file Statistics"); a missing node if none
 */
public record DataFile(
    Row scanRow, String path, Map<String, String> partition, JsonNode statistics) {

  private static final JsonMapper JSON = new JsonMapper();

  static DataFile of(Row scanRow) {
    Row add = scanRow.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
    String text =
        add.isNullAt(InternalScanFileUtils.ADD_FILE_STATS_ORDINAL)
            ? ""
            : add.getString(InternalScanFileUtils.ADD_FILE_STATS_ORDINAL);
    String path = InternalScanFileUtils.getAddFileStatus(scanRow).getPath();
    try {
      return new DataFile(
          scanRow, path, InternalScanFileUtils.getPartitionValues(scanRow), JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The statistics of " + path + " are not JSON: " + text, e);
    }
  }

  /** By the statistics; 0 without. */
  public long rows() {
    return statistics.path("numRecords").asLong();
  }

  public long bytes() {
    return InternalScanFileUtils.getAddFileStatus(scanRow).getSize();
  }

  /** When it was written, milliseconds since 1970. */
  public long modified() {
    return InternalScanFileUtils.getAddFileStatus(scanRow).getModificationTime();
  }

  /** The greatest timestamp of a column, by the statistics to the millisecond below. */
  public Optional<Instant> max(String column) {
    JsonNode max = statistics.path("maxValues").path(column);
    return max.isTextual() ? Optional.of(instant(max)) : Optional.empty();
  }

  /** The least timestamp of a column, by the statistics to the millisecond below. */
  public Optional<Instant> min(String column) {
    JsonNode min = statistics.path("minValues").path(column);
    return min.isTextual() ? Optional.of(instant(min)) : Optional.empty();
  }

  /** False only if the statistics rule out that a timestamp of the column is in the range. */
  public boolean mayHold(String column, TimeRange range) {
    JsonNode min = statistics.path("minValues").path(column);
    JsonNode max = statistics.path("maxValues").path(column);
    if (!min.isTextual() || !max.isTextual()) {
      return true;
    }
    // Bounds are cut to milliseconds, the upper one too.
    Instant last = instant(max).plus(1, ChronoUnit.MILLIS);
    return instant(min).isBefore(range.to()) && !last.isBefore(range.from());
  }

  /** False only if the statistics rule out that a row has no value in the column. */
  public boolean mayHoldNull(String column) {
    return statistics.path("nullCount").path(column).asLong(1) > 0;
  }

  private static Instant instant(JsonNode bound) {
    return OffsetDateTime.parse(bound.textValue()).toInstant();
  }
}
