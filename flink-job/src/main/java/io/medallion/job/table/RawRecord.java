package io.medallion.job.table;

import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;

/**
 * The columns that bronze and quarantine have so that a record can be told byte for byte: its key,
 * its headers in their order, repeated names included, and who set its timestamp.
 */
public final class RawRecord {

  /** Kafka's names of who set a record's timestamp. */
  public static final String BROKER_TIME = "LogAppendTime";

  public static final String SENDER_TIME = "CreateTime";

  private static final int KEY = 0;
  private static final int HEADERS = 1;
  private static final int TIMESTAMP_TYPE = 2;

  private RawRecord() {}

  /** Adds the columns. */
  public static Columns addTo(Columns columns) {
    return columns.binary("key").namedBytes("headers", "name", "value").text("timestampType");
  }

  /**
   * Sets the columns of a record.
   *
   * @param first index of the first one
   */
  public static void set(EventRecord record, int first, RowWriter out) {
    set(record, first, out, value -> value, name -> true);
  }

  /**
   * Sets the columns of a record, with some of its headers.
   *
   * @param first index of the first one
   * @param cut what to keep of the key and of a header's value
   * @param headers the names of those to set
   */
  public static void set(
      EventRecord record,
      int first,
      RowWriter out,
      UnaryOperator<byte[]> cut,
      Predicate<String> headers) {
    if (record.key != null) {
      out.setBytes(first + KEY, cut.apply(record.key));
    }
    if (record.headerNames != null) {
      List<Object> included = new ArrayList<>();
      for (int i = 0; i < record.headerNames.length; i++) {
        if (headers.test(record.headerNames[i])) {
          included.add(
              GenericRowData.of(
                  StringData.fromString(record.headerNames[i]), cut.apply(record.headerValues[i])));
        }
      }
      out.setInternal(first + HEADERS, new GenericArrayData(included.toArray()));
    }
    out.setString(first + TIMESTAMP_TYPE, record.timeIsSenders ? SENDER_TIME : BROKER_TIME);
  }
}
