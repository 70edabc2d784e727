package io.medallion.conformance;

import io.medallion.delta.testing.CanonicalJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** delta-spark, the reference implementation. */
record SparkReader(SparkSession spark) implements TableReader {

  @Override
  public List<String> rows(Path table) {
    return rows(load(table));
  }

  Dataset<Row> load(Path table) {
    return spark.read().format("delta").load(table.toString());
  }

  /** The table's columns but lists, maps and structs: those that a filter can compare. */
  static Stream<StructField> atomicColumns(Dataset<Row> table) {
    return Stream.of(table.schema().fields())
        .filter(
            field ->
                !(field.dataType() instanceof ArrayType
                    || field.dataType() instanceof MapType
                    || field.dataType() instanceof StructType));
  }

  /** The query's result in canonical JSON, sorted. */
  static List<String> rows(Dataset<Row> query) {
    return query.collectAsList().stream()
        .map(row -> CanonicalJson.render(plain(row)))
        .sorted()
        .toList();
  }

  static Map<String, Object> plain(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      values.put(row.schema().fieldNames()[i], plain(row.get(i)));
    }
    return values;
  }

  /** Scala's collections as Java's; the session gives dates and timestamps as java.time. */
  private static Object plain(Object value) {
    if (value instanceof Row row) {
      return plain(row);
    } else if (value instanceof scala.collection.Seq<?> sequence) {
      return CollectionConverters.asJava(sequence).stream().map(element -> plain(element)).toList();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      CollectionConverters.asJava(map)
          .forEach((key, mapValue) -> values.put(plain(key), plain(mapValue)));
      return values;
    }
    return value;
  }
}
