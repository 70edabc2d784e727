package io.medallion.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commits of a table whose log is still whole, read as the JSON that they are. */
record DeltaLogFiles(Path table) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All actions of the given kind, in the order of the log. */
  List<JsonNode> actions(String kind) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    for (Path commit : commits()) {
      for (String line : Files.readAllLines(commit)) {
        JsonNode action = JSON.readTree(line).get(kind);
        if (action != null) {
          actions.add(action);
        }
      }
    }
    return actions;
  }

  /** Appends a commit of one line. */
  void append(String action) throws IOException {
    String name = String.format("%020d.json", commits().size());
    Files.writeString(table.resolve("_delta_log").resolve(name), action + "\n");
  }

  /** Names of the log checkpoints' files. */
  List<String> checkpoints() throws IOException {
    return files()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".checkpoint.parquet"))
        .toList();
  }

  /** The checksum of the table's newest version; fails if that has none. */
  JsonNode checksum() throws IOException {
    String name = String.format("%020d.crc", commits().size() - 1);
    return JSON.readTree(Files.readString(table.resolve("_delta_log").resolve(name)));
  }

  private List<Path> commits() throws IOException {
    return files().filter(file -> file.getFileName().toString().matches("\\d{20}\\.json")).toList();
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      return files.sorted().toList().stream();
    }
  }
}
