package io.medallion.maintenance.contract.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.delta.ObjectRowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.silver.SilverTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * The row of silver that the job writes for an event, by the job's own encoder: its columns but
 * those of lineage, which a line of a file has none of.
 */
final class SilverRow extends ObjectRowWriter {

  /** The first column of lineage; all after it are of lineage too. */
  private static final String FIRST_OF_LINEAGE = "partition";

  private final SilverTable encoder;
  private final List<RowType.RowField> columns;
  private final int shown;
  private final Object[] values;

  SilverRow(Contract contract) {
    RowType type = SilverTable.rowType(contract);
    encoder = new SilverTable(contract);
    columns = type.getFields();
    shown = type.getFieldIndex(FIRST_OF_LINEAGE);
    values = new Object[columns.size()];
  }

  /** Values by column: null, a text, a number, a boolean, or an instant as text. */
  Map<String, Object> of(EventRecord event) {
    Arrays.fill(values, null);
    encoder.encode(event, this);
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < shown; i++) {
      row.put(columns.get(i).getName(), value(columns.get(i).getType(), values[i]));
    }
    return row;
  }

  private static Object value(LogicalType type, Object value) {
    if (value != null && type.getTypeRoot() == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      return Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString();
    }
    return value;
  }

  @Override
  protected void set(int column, Object value) {
    values[column] = value instanceof byte[] text ? new String(text, UTF_8) : value;
  }
}
