package io.medallion.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The checkpoints that a job that ended without a savepoint leaves behind. */
final class RetainedCheckpoint {

  private static final String PREFIX = "chk-";

  private RetainedCheckpoint() {}

  /**
   * The newest complete one: {@code chk-N} with the highest N that has a file {@code _metadata}.
   *
   * @param jobFolder the job's folder under {@code execution.checkpointing.dir}
   */
  static Path newest(Path jobFolder) throws IOException {
    try (Stream<Path> folders = Files.list(jobFolder)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
          .filter(folder -> Files.exists(folder.resolve("_metadata")))
          .max(Comparator.comparingLong(RetainedCheckpoint::number))
          .orElseThrow(() -> new AssertionError("No complete checkpoint in " + jobFolder));
    }
  }

  private static long number(Path folder) {
    return Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()));
  }
}
