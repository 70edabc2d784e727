package io.medallion.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
      processes
          .map(process -> process.resolve("cmdline"))
          .filter(Files::isRegularFile)
          .forEach(file -> arguments.put(file.toString(), read(file)));
      return arguments;
    }
  }

  /** The files in a folder and below that hold a text. All of them may be more than memory. */
  static List<Path> filesWith(String text, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> read(file).contains(text)).toList();
    }
  }

  /** Each byte as a character, whatever the file holds; nothing if it is gone meanwhile. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
