package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.StructField;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The column by whose date a table is partitioned. */
public record DayColumn(String name) {

  /** Empty if the table is not partitioned by a date. */
  public static Optional<DayColumn> of(Snapshot table) {
    return table.getPartitionColumnNames().stream()
        .map(column -> table.getSchema().get(column))
        .filter(field -> field.getDataType() instanceof DateType)
        .map(StructField::getName)
        .findFirst()
        .map(DayColumn::new);
  }

  /** The day that a file is of; empty if its value is null. */
  public Optional<LocalDate> of(DataFile file) {
    String value = file.partition().get(name);
    try {
      return Optional.ofNullable(value).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(
          "%s is in partition '%s', which is not a date".formatted(file.path(), value), e);
    }
  }
}
