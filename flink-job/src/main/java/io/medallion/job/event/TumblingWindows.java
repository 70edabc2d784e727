package io.medallion.job.event;

import java.io.Serializable;

/**
 * The windows of gold: of one size, without gap or overlap, aligned to 1970. A window holds the
 * event times from its start up to, not including, its end. Event times are never negative here.
 *
 * @param size milliseconds
 */
public record TumblingWindows(long size) implements Serializable {

  public TumblingWindows {
    if (size <= 0) {
      throw new IllegalArgumentException("A window's size must be positive, not " + size + " ms");
    }
  }

  public long startOf(long eventTime) {
    return eventTime - eventTime % size;
  }

  public long endOf(long eventTime) {
    return startOf(eventTime) + size;
  }
}
