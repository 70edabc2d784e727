package io.medallion.job.table;

import io.medallion.delta.RowWriter;
import java.time.Instant;

/** How values of the stream are written into columns of a row. */
public final class Values {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private static final long FIRST_MILLIS = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_MILLIS = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private Values() {}

  /**
   * Sets an instant given in milliseconds. A sender may have made it up: beyond the years 1 to
   * 9999, which is all that some readers know, it is the first or the last instant of these.
   */
  public static void setTimestamp(RowWriter out, int column, long millis) {
    out.setLong(column, Math.max(FIRST_MILLIS, Math.min(LAST_MILLIS, millis)) * 1000);
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

  /** Sets a text from bytes that may be anything; see {@link ShownText}. */
  public static void setShownText(RowWriter out, int column, byte[] bytes) {
    if (bytes == null) {
      return;
    }
    for (byte b : bytes) {
      if (b < 0) {
        out.setString(column, ShownText.ofKey(bytes));
        return;
      }
    }
    out.setBytes(column, bytes);
  }
}
