package io.medallion.delta;

import java.io.Serializable;

/**
 * Turns an element of the stream into the columns of one table row.
 *
 * <p>Called by one thread at a time, once per element, and may keep reusable buffers in transient
 * fields. It must not keep the element, which the job may reuse. An exception fails the job: data
 * that cannot be encoded has to be dealt with before the sink.
 *
 * @param <T> the stream's element type
 */
public interface RowEncoder<T> extends Serializable {

  /**
   * Sets the partition columns, and only those; called before {@link #encode} to find the file that
   * the row goes to. A table without partition columns needs none of it.
   */
  default void encodePartition(T element, RowWriter out) {}

  /** Sets the columns that are not partition columns. */
  void encode(T element, RowWriter out);
}
