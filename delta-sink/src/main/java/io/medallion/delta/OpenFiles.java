package io.medallion.delta;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a writer has open, one a partition, and the memory that they take together. When
 * that is beyond the budget, the least recently used ones are to be finished, until it is not or
 * one is left.
 */
final class OpenFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

  private final Map<PartitionKey, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);
  private final long budget;
  private long memory;

  /**
   * @param budget bytes
   */
  OpenFiles(long budget) {
    this.budget = budget;
  }

  int count() {
    return files.size();
  }

  /** Bytes, as last measured. */
  long memory() {
    return memory;
  }

  /** The partition's file, from now on the most recently used; null if there is none. */
  OpenFile get(PartitionKey partition) {
    return files.get(partition);
  }

  void add(OpenFile file) {
    files.put(file.partition(), file);
    memory += file.memory();
  }

  void remove(OpenFile file) {
    files.remove(file.partition());
    memory -= file.memory();
  }

  void measure(OpenFile file) throws IOException {
    memory -= file.memory();
    file.measure();
    memory += file.memory();
  }

  boolean isOverBudget() {
    return memory > budget && files.size() > 1;
  }

  OpenFile removeLeastRecentlyUsed() {
    Iterator<OpenFile> leastRecentFirst = files.values().iterator();
    OpenFile eldest = leastRecentFirst.next();
    leastRecentFirst.remove();
    memory -= eldest.memory();
    return eldest;
  }

  /**
   * Closes all files without finishing them. Never throws: Flink takes an error in the clean-up
   * after a failure as fatal for the whole TaskManager, and storage that fails once fails again.
   */
  @Override
  public void close() {
    while (!files.isEmpty()) {
      OpenFile file = removeLeastRecentlyUsed();
      try {
        file.close();
      } catch (IOException | RuntimeException failure) {
        LOG.warn("{} could not be closed; nothing refers to it", file, failure);
      }
    }
  }
}
