package io.medallion.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of the whole system, after a run of {@code ./medallion local} with all kinds of
 * events.
 */
record Lake(Tables tables) {

  static Lake fill() throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "lake-");
    OurProcess.run(
        List.of(
            BuildFolders.root().resolve("medallion").toString(),
            "local",
            "--lake=" + folder,
            "--ui-port=0",
            "--seed=7",
            "--events=5000",
            "--rate=1000",
            "--stations=10",
            "--window=1s",
            "--out-of-orderness=1s",
            "--checkpoint-interval=500ms",
            "--invalid-ratio=0.05",
            "--late-ratio=0.02",
            "--json"),
        "medallion-local");
    return new Lake(Tables.in(folder));
  }
}
