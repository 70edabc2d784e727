package io.medallion.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Tables that our code wrote, and their rows as Delta Kernel reads them with our class path.
 *
 * @param folder what the tables' names are relative to
 * @param rows by table, canonical and sorted
 */
record Tables(Path folder, Map<String, List<String>> rows) {

  private static final String DUMP = "io.medallion.delta.testing.TableDump";

  /** Has Kernel read every table that lies in the folder. */
  static Tables in(Path folder) throws Exception {
    List<String> names;
    try (Stream<Path> files = Files.walk(folder)) {
      names =
          files
              .filter(file -> file.endsWith("_delta_log"))
              .map(log -> folder.relativize(log.getParent()).toString())
              .sorted()
              .toList();
    }
    Path dumps = Files.createTempDirectory(BuildFolders.target(), "dump-");
    List<String> arguments = new ArrayList<>();
    for (String name : names) {
      arguments.add(folder.resolve(name).toString());
      arguments.add(dump(dumps, name).toString());
    }
    OurProcess.runTestMain(DUMP, arguments);
    Map<String, List<String>> rows = new TreeMap<>();
    for (String name : names) {
      rows.put(name, Files.readAllLines(dump(dumps, name)));
    }
    return new Tables(folder, rows);
  }

  private static Path dump(Path dumps, String table) {
    return dumps.resolve(table.replace('/', '.') + ".jsonl");
  }

  List<String> names() {
    return List.copyOf(rows.keySet());
  }

  /** A test of each table. */
  Stream<DynamicTest> each(ThrowingConsumer<String> test) {
    return DynamicTest.stream(names().stream(), table -> table, test);
  }

  DeltaLogFiles log(String table) {
    return new DeltaLogFiles(path(table));
  }

  Path path(String table) {
    return folder.resolve(table);
  }
}
