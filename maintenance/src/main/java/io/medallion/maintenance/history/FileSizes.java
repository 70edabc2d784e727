package io.medallion.maintenance.history;

import io.medallion.cli.Figures;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many files there are of which size. */
final class FileSizes {

  private static final long MIB = 1024 * 1024;

  /** Upper bounds of the classes but the last one, in bytes, exclusive. */
  private static final long[] BOUNDS = {64 * 1024, MIB, 8 * MIB, 32 * MIB, 128 * MIB};

  private final long[] counts = new long[BOUNDS.length + 1];
  private long files;
  private long bytes;

  void add(long size) {
    int sizeClass = 0;
    while (sizeClass < BOUNDS.length && size >= BOUNDS[sizeClass]) {
      sizeClass++;
    }
    counts[sizeClass]++;
    files++;
    bytes += size;
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /** The number of files by the name of the class, such as {@code < 1.0 MiB}; smallest first. */
  Map<String, Long> byClass() {
    Map<String, Long> byClass = new LinkedHashMap<>();
    for (int sizeClass = 0; sizeClass < counts.length; sizeClass++) {
      String name =
          sizeClass < BOUNDS.length
              ? "< " + Figures.bytes(BOUNDS[sizeClass])
              : ">= " + Figures.bytes(BOUNDS[BOUNDS.length - 1]);
      byClass.put(name, counts[sizeClass]);
    }
    return byClass;
  }
}
