package io.medallion.conformance;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.data.CloseableIterator;
import io.delta.standalone.data.RowRecord;
import io.delta.standalone.types.StructType;
import io.medallion.delta.testing.CanonicalJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * delta-standalone: knows no reader version but 1 and none of the table features.
 *
 * <p>Its Parquet library has timestamps as INT96 only, the form that Parquet has given up. So it is
 * shown a {@link TableCopy} that declares timestamps as what they are in the file, {@code long}.
 * Everything else, the log with its checkpoints, partition values and all other types, it reads as
 * it is.
 */
final class StandaloneReader implements TableReader {

  @Override
  public List<String> rows(Path table) throws Exception {
    StructType declared = metadata(table).getSchema();
    TableCopy copy = TableCopy.of(table);
    copy.declareTimestampsAsLong();
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<RowRecord> records = log(copy.path()).snapshot().open()) {
      while (records.hasNext()) {
        rows.add(CanonicalJson.render(StandaloneValues.plain(records.next(), declared)));
      }
    }
    return rows.stream().sorted().toList();
  }

  /** What the newest version of the table says of itself. */
  static Metadata metadata(Path table) {
    return log(table).snapshot().getMetadata();
  }

  private static DeltaLog log(Path table) {
    return DeltaLog.forTable(new Configuration(), table.toUri().toString());
  }
}
