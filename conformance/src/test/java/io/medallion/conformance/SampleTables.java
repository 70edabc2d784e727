package io.medallion.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tables of delta-sink's class of the same name: what readers are likely to stumble over. */
record SampleTables(Tables tables) {

  static SampleTables write() throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "samples-");
    OurProcess.runTestMain("io.medallion.delta.SampleTables", List.of(folder.toString()));
    return new SampleTables(Tables.in(folder));
  }
}
