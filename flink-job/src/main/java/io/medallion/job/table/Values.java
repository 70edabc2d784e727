package io.medallion.job.table;

import io.medallion.delta.RowWriter;
import java.nio.charset.StandardCharsets;

/** How values of the stream are written into columns of a row. */
public final class Values {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private Values() {}

  /** Sets an instant given in milliseconds. */
  public static void setTimestamp(RowWriter out, int column, long millis) {
    out.setLong(column, millis * 1000);
  }

  /** Sets the UTC date of an instant given in milliseconds. */
  public static void setDate(RowWriter out, int column, long millis) {
    out.setInt(column, (int) Math.floorDiv(millis, MILLIS_PER_DAY));
  }

  /** Sets a number; NaN, which some readers cannot take, becomes null. */
  public static void setNumber(RowWriter out, int column, double value) {
    if (!Double.isNaN(value)) {
      out.setDouble(column, value);
    }
  }

  /** Sets a text from bytes that may be anything: what is not UTF-8 is replaced. */
  public static void setText(RowWriter out, int column, byte[] bytes) {
    if (bytes == null) {
      return;
    }
    for (byte b : bytes) {
      if (b < 0) {
        out.setString(column, new String(bytes, StandardCharsets.UTF_8));
        return;
      }
    }
    out.setBytes(column, bytes);
  }
}
