package io.medallion.local.bronze;

import io.medallion.maintenance.lake.RowCursor;

/** Rows of bronze, those of each partition in the order of their offsets. */
interface Pass extends AutoCloseable {

  /** Moves on to the next row; false if there is none. */
  boolean next();

  /** The row that {@link #next} moved to; valid until the next call. */
  RowCursor row();

  @Override
  void close();
}
