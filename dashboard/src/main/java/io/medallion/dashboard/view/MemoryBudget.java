package io.medallion.dashboard.view;

/** Memory that all tables of gold share. Thread-safe. */
final class MemoryBudget {

  private long left;

  MemoryBudget(long bytes) {
    left = bytes;
  }

  /** Whether there was room; it is taken then. */
  synchronized boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  synchronized void give(long bytes) {
    left += bytes;
  }
}
