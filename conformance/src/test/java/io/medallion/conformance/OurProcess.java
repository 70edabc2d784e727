package io.medallion.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs our code as a process of its own, with our class path, so that it and the readers under test
 * share nothing but the tables.
 */
final class OurProcess {

  private static final long TIMEOUT_SECONDS = 300;
  private static final int LINES_IN_ERROR = 40;

  private OurProcess() {}

  /** Runs a main class from delta-sink's tests and waits for its end. */
  static void runTestMain(String mainClass, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Far from the readers' time zone: a table must not depend on either.
    command.addAll(
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Duser.timezone=Pacific/Auckland"));
    command.addAll(List.of("-cp", deltaSinkTestClassPath(), mainClass));
    command.addAll(arguments);
    run(command, mainClass);
  }

  /** Runs a command in the project's root and waits for its end. */
  static void run(List<String> command, String name) throws Exception {
    Path output = BuildFolders.target().resolve(name + ".out");
    Path log = BuildFolders.target().resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(BuildFolders.root().toFile())
            .redirectOutput(output.toFile())
            .redirectError(log.toFile());
    builder.environment().put("MEDALLION_HEAP", "1g");
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " did not end in " + TIMEOUT_SECONDS + " s, see " + log);
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          name + " failed with exit code " + process.exitValue() + ":\n" + end(output) + end(log));
    }
  }

  private static String end(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LINES_IN_ERROR), lines.size()));
  }

  private static String deltaSinkTestClassPath() throws IOException {
    Path target = BuildFolders.root().resolve("delta-sink/target");
    Path libraries = target.resolve("test-classpath");
    if (!Files.exists(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: build with 'mvn test -pl conformance -am'.");
    }
    return String.join(
        File.pathSeparator,
        target.resolve("classes").toString(),
        target.resolve("test-classes").toString(),
        Files.readString(libraries).strip());
  }
}
