package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.TimestampType;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the log says of each file is true of its rows: how many there are, how many have no value in
 * a column, and between which bounds the values are. Readers skip files by that.
 *
 * <p>Columns of bytes, lists and maps have no bounds, and are not read. No number is NaN, which
 * some readers can't take.
 */
final class StatisticsCheck {

  private final LakeVersion lake;
  private final TimeRange range;
  private final Progress progress;
  private final Findings findings =
      new Findings(
          "statistics-true",
          "row count, bounds and null counts of each file are those of its rows");
  private long files;

  StatisticsCheck(LakeVersion lake, TimeRange range, Progress progress) {
    this.lake = lake;
    this.range = range;
    this.progress = progress;
  }

  CheckResult result() {
    for (TableVersion table : lake.tables().values()) {
      progress.more(table.rows());
      for (DataFile file : table.files()) {
        if (file.mayHold("enqueuedTime", range)) {
          files++;
          check(table, file);
        }
      }
    }
    findings.count("files", files);
    return findings.result();
  }

  private void check(TableVersion table, DataFile file) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : table.snapshot().getSchema().fields()) {
      if (!table.snapshot().getPartitionColumnNames().contains(field.getName())) {
        Column.of(field, file.statistics()).ifPresent(columns::add);
      }
    }
    long[] rows = new long[1];
    table.read(
        List.of(file),
        columns.stream().map(column -> column.name).toList(),
        row -> {
          progress.row();
          rows[0]++;
          for (int i = 0; i < columns.size(); i++) {
            columns.get(i).row(row, i);
          }
        });
    if (rows[0] != file.rows()) {
      findings.violation("%s has %d rows, not %d", file.path(), rows[0], file.rows());
    }
    for (Column column : columns) {
      column.problem().ifPresent(problem -> findings.violation("%s: %s", file.path(), problem));
    }
  }

  /** A column of a file. */
  private static final class Column {

    private final String name;
    private final long statedNulls;
    private final Within within;
    private long nulls;
    private String outside;

    /** Whether a value that is not null is between the bounds. */
    private interface Within {
      boolean test(RowCursor row, int column);
    }

    private Column(String name, long statedNulls, Within within) {
      this.name = name;
      this.statedNulls = statedNulls;
      this.within = within;
    }

    /** Empty if it has no bounds. */
    static Optional<Column> of(StructField field, JsonNode statistics) {
      String name = field.getName();
      JsonNode nulls = statistics.path("nullCount").path(name);
      if (!nulls.isIntegralNumber() || !isComparable(field.getDataType())) {
        return Optional.empty();
      }
      return Optional.of(
          new Column(
              name,
              nulls.longValue(),
              within(
                  field.getDataType(),
                  statistics.path("minValues").path(name),
                  statistics.path("maxValues").path(name))));
    }

    private static boolean isComparable(DataType type) {
      return type instanceof IntegerType
          || type instanceof LongType
          || type instanceof DoubleType
          || type instanceof TimestampType
          || type instanceof StringType;
    }

    private static Within within(DataType type, JsonNode min, JsonNode max) {
      if (type instanceof DoubleType) {
        return number(min, max);
      }
      if (min.isMissingNode() || max.isMissingNode()) {
        return (row, column) -> true;
      }
      if (type instanceof StringType) {
        return text(min.asText(), max.asText());
      }
      if (type instanceof TimestampType) {
        // Bounds are cut to milliseconds, the upper one too.
        return whole(micros(min), micros(max) + 999);
      }
      return type instanceof IntegerType
          ? (row, column) ->
              row.integer(column) >= min.asLong() && row.integer(column) <= max.asLong()
          : whole(min.asLong(), max.asLong());
    }

    private static Within whole(long min, long max) {
      return (row, column) -> row.bigint(column) >= min && row.bigint(column) <= max;
    }

    private static Within number(JsonNode min, JsonNode max) {
      double least = min.asDouble(Double.NEGATIVE_INFINITY);
      double greatest = max.asDouble(Double.POSITIVE_INFINITY);
      return (row, column) -> {
        double value = row.number(column);
        return value >= least && value <= greatest;
      };
    }

    private static Within text(String min, String max) {
      byte[] least = min.getBytes(UTF_8);
      byte[] greatest = max.getBytes(UTF_8);
      return (row, column) -> {
        byte[] value = row.text(column).getBytes(UTF_8);
        return Arrays.compareUnsigned(least, value) <= 0
            && Arrays.compareUnsigned(value, greatest) <= 0;
      };
    }

    private static long micros(JsonNode time) {
      return ChronoUnit.MICROS.between(
          Instant.EPOCH, OffsetDateTime.parse(time.textValue()).toInstant());
    }

    void row(RowCursor row, int place) {
      if (row.isNull(place)) {
        nulls++;
      } else if (outside == null && !within.test(row, place)) {
        outside = name + " has a value outside the bounds";
      }
    }

    Optional<String> problem() {
      return nulls == statedNulls
          ? Optional.ofNullable(outside)
          : Optional.of("%s is null in %d rows, not in %d".formatted(name, nulls, statedNulls));
    }
  }
}
