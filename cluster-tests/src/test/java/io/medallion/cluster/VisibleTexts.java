package io.medallion.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What anybody on the machine can read, by the name of where it stands. */
final class VisibleTexts {

  private VisibleTexts() {}

  /** The arguments of all processes that we may look at. */
  static Map<String, String> processArguments() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return texts(processes.map(process -> process.resolve("cmdline")));
    }
  }

  /** All files in a folder and below. */
  static Map<String, String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return texts(files);
    }
  }

  private static Map<String, String> texts(Stream<Path> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.filter(Files::isRegularFile).forEach(file -> texts.put(file.toString(), read(file)));
    return texts;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // The process ended while it was looked at.
      return "";
    }
  }
}
