package io.medallion.delta;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.lineage.DatasetSchemaFacet;
import org.apache.flink.streaming.api.lineage.DatasetSchemaField;
import org.apache.flink.streaming.api.lineage.DefaultLineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.fs.Path;

/**
 * A table as listeners of Flink jobs are told of it, OpenLineage's among them. Namespace and name
 * are those of OpenLineage's specification, "Naming", for files: scheme and authority, or {@code
 * file}; and the path, which in an object store begins without a slash. So the table is the same
 * dataset as for Spark.
 */
final class TableDataset {

  private static final String SCHEMA = "schema";

  private TableDataset() {}

  static LineageDataset of(TableSpec table) {
    URI uri = new Path(table.path()).toUri();
    boolean isLocal = uri.getScheme() == null || uri.getScheme().equals("file");
    return new DefaultLineageDataset(
        isLocal ? uri.getPath() : uri.getPath().substring(1),
        isLocal ? "file" : uri.getScheme() + "://" + uri.getAuthority(),
        Map.of(SCHEMA, new Schema(table.rowType())));
  }

  private record Schema(RowType rowType) implements DatasetSchemaFacet {

    @Override
    public String name() {
      return SCHEMA;
    }

    @Override
    @SuppressWarnings("unchecked") // The caller chooses the type of a type; it is text here.
    public <T> Map<String, DatasetSchemaField<T>> fields() {
      Map<String, DatasetSchemaField<T>> fields = new LinkedHashMap<>();
      for (RowType.RowField field : rowType.getFields()) {
        fields.put(
            field.getName(),
            (DatasetSchemaField<T>) new Column(field.getName(), field.getType().asSummaryString()));
      }
      return fields;
    }
  }

  private record Column(String name, String type) implements DatasetSchemaField<String> {}
}
