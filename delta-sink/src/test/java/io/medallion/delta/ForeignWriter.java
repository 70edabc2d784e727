package io.medallion.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Another writer of a table on a local disk: writes the log's JSON itself. */
public final class ForeignWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path table;

  /** Names the table; nothing is read yet. */
  public ForeignWriter(Path table) {
    this.table = table;
  }

  /** The file of a commit. */
  public Path logEntry(long version) {
    return table.resolve("_delta_log").resolve(String.format("%020d.json", version));
  }

  long version() throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{20}\\.json"))
          .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
          .max()
          .orElseThrow();
    }
  }

  /** Rewrites every file under another name, as OPTIMIZE does; the old files are vacuumed. */
  public void optimizeAndVacuum() throws IOException {
    List<String> actions = new ArrayList<>();
    for (ObjectNode add : activeFiles().values()) {
      Path file = table.resolve(add.get("path").asText());
      Path rewritten = file.resolveSibling("optimized-" + file.getFileName());
      Files.move(file, rewritten);
      ObjectNode remove = JSON.createObjectNode();
      remove.set("path", add.get("path"));
      remove.put("deletionTimestamp", 1L).put("dataChange", false);
      actions.add(JSON.createObjectNode().set("remove", remove).toString());
      ObjectNode newAdd = add.deepCopy();
      newAdd.put("path", table.relativize(rewritten).toString()).put("dataChange", false);
      actions.add(JSON.createObjectNode().set("add", newAdd).toString());
    }
    commit(actions);
  }

  /** Removes every file from the table: DELETE without a condition. */
  public void deleteAll() throws IOException {
    commit(removeAll());
  }

  /** Removes every file from the table, as part of another operation. */
  void removeAll(String commitInfo) throws IOException {
    commit(commitInfo, removeAll());
  }

  /** Puts files and metadata back to those of a version, as RESTORE does. */
  void restore(long version) throws IOException {
    Map<String, ObjectNode> then = activeFiles(version);
    List<String> actions = new ArrayList<>(removeAll());
    then.values().forEach(add -> actions.add(JSON.createObjectNode().set("add", add).toString()));
    actions.removeIf(action -> then.keySet().stream().anyMatch(path -> isRemoveOf(action, path)));
    ObjectNode metadata = null;
    for (long earlier = 0; earlier <= version; earlier++) {
      for (JsonNode action : actions(earlier)) {
        metadata = action.has("metaData") ? (ObjectNode) action.get("metaData") : metadata;
      }
    }
    actions.add(JSON.createObjectNode().set("metaData", metadata).toString());
    commit(
        "{\"operation\":\"RESTORE\",\"operationParameters\":{\"version\":\"%d\"}}"
            .formatted(version),
        actions);
  }

  private static boolean isRemoveOf(String action, String path) {
    return action.startsWith("{\"remove\":") && action.contains("\"" + path + "\"");
  }

  private List<String> removeAll() throws IOException {
    List<String> actions = new ArrayList<>();
    for (ObjectNode add : activeFiles().values()) {
      ObjectNode remove = JSON.createObjectNode();
      remove.set("path", add.get("path"));
      remove.put("deletionTimestamp", System.currentTimeMillis()).put("dataChange", true);
      remove.put("extendedFileMetadata", true);
      remove.set("partitionValues", add.get("partitionValues"));
      remove.set("size", add.get("size"));
      actions.add(JSON.createObjectNode().set("remove", remove).toString());
    }
    return actions;
  }

  /** Changes the table's metadata. */
  public void changeMetadata(UnaryOperator<ObjectNode> change) throws IOException {
    ObjectNode latest = null;
    for (long version = 0; version <= version(); version++) {
      for (JsonNode action : actions(version)) {
        if (action.has("metaData")) {
          latest = (ObjectNode) action.get("metaData");
        }
      }
    }
    commit(List.of(JSON.createObjectNode().set("metaData", change.apply(latest)).toString()));
  }

  void changeSchema(UnaryOperator<ObjectNode> change) throws IOException {
    changeMetadata(
        metadata -> {
          try {
            ObjectNode schema = (ObjectNode) JSON.readTree(metadata.get("schemaString").asText());
            return metadata.put("schemaString", change.apply(schema).toString());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Commits actions, each one line of JSON. */
  public void commit(List<String> actions) throws IOException {
    commit("{\"timestamp\":1,\"operation\":\"FOREIGN\"}", actions);
  }

  /** Commits actions, each one line of JSON, as an operation. */
  void commit(String commitInfo, List<String> actions) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("{\"commitInfo\":" + commitInfo + "}");
    lines.addAll(actions);
    Files.write(logEntry(version() + 1), lines);
  }

  private Map<String, ObjectNode> activeFiles() throws IOException {
    return activeFiles(version());
  }

  private Map<String, ObjectNode> activeFiles(long last) throws IOException {
    Map<String, ObjectNode> files = new LinkedHashMap<>();
    for (long version = 0; version <= last; version++) {
      for (JsonNode action : actions(version)) {
        if (action.has("add")) {
          files.put(action.at("/add/path").asText(), (ObjectNode) action.get("add"));
        } else if (action.has("remove")) {
          files.remove(action.at("/remove/path").asText());
        }
      }
    }
    return files;
  }

  /** What a version of the log says. */
  List<JsonNode> actions(long version) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    for (String line : Files.readAllLines(logEntry(version))) {
      actions.add(JSON.readTree(line));
    }
    return actions;
  }
}
