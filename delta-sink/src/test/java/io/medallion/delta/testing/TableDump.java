package io.medallion.delta.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down what Kernel reads: for each table a file of its rows in {@link CanonicalJson},
 * sorted.
 *
 * <p>A process of its own, so that tests with another class path can hold their reader against
 * Kernel.
 */
public final class TableDump {

  private TableDump() {}

  /** Arguments in pairs: a table's folder, and the file to write its rows to. */
  public static void main(String[] tablesAndFiles) throws IOException {
    for (int i = 0; i < tablesAndFiles.length; i += 2) {
      DeltaTable table = new DeltaTable(Path.of(tablesAndFiles[i]).toUri().toString());
      Files.write(
          Path.of(tablesAndFiles[i + 1]),
          table.rows().stream().map(CanonicalJson::render).sorted().toList());
    }
  }
}
