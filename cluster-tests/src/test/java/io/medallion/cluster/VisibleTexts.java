package io.medallion.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What anybody on the machine can read. */
final class VisibleTexts {

  private VisibleTexts() {}

  /** The arguments of all processes that we may look at, by the file that shows them. */
  static Map<String, String> processArguments() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      Map<String, String> arguments = new LinkedHashMap<>();
      for (Path process : processes.toList()) {
        Path file = process.resolve("cmdline");
        if (Files.isRegularFile(file)) {
          arguments.put(file.toString(), argumentsIn(file));
        }
      }
      return arguments;
    }
  }

  private static String argumentsIn(Path file) {
    try {
      return read(file);
    } catch (IOException ended) {
      return "";
    }
  }

  /**
   * The files in a folder and below that hold a text, read one by one: all of them may be more than
   * memory. Those that a running cluster deletes meanwhile don't count.
   */
  static List<Path> filesWith(String text, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && holds(file, text)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            if (problem instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw problem;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException problem) {
            // It may be deleted while it is listed.
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      return read(file).contains(text);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Each byte as a character, whatever the file holds. */
  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
