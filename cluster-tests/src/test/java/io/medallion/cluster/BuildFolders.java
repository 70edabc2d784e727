package io.medallion.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the build leaves things. The tests' working directory is their module's folder. */
final class BuildFolders {

  private BuildFolders() {}

  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  static Path target() {
    return Path.of("target").toAbsolutePath();
  }

  static Path flinkConf() {
    return root().resolve("flink-conf");
  }

  /** The jar for {@code flink run}. */
  static Path jobJar() {
    Path folder = root().resolve("flink-job/target");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars =
          files.filter(file -> file.getFileName().toString().endsWith("-job.jar")).toList();
      if (jars.size() == 1) {
        return jars.get(0);
      }
      throw new IllegalStateException(
          "There should be one medallion-flink-job-VERSION-job.jar in %s, but there are %s: build with './mvnw verify -pl cluster-tests -am' and without -Djob-jar.skip"
              .formatted(folder, jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a Flink distribution has in its folder lib. */
  static String flinkClassPath() {
    try {
      return Files.readString(target().resolve("flink-classpath")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Build with Maven first", e);
    }
  }
}
