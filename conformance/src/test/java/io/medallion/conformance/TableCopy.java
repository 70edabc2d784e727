package io.medallion.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table that may be changed: the original's log and files, byte for byte. */
record TableCopy(Path path) {

  private static final Pattern TIMESTAMP_TYPE =
      Pattern.compile("(\"(?:type|elementType|keyType|valueType)\":)\"timestamp\"");

  static TableCopy of(Path table) throws IOException {
    return of(table, Files.createTempDirectory(BuildFolders.target(), "copy-"));
  }

  static TableCopy of(Path table, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(table.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new TableCopy(copy);
  }

  /** Appends a commit that changes the schema's timestamps to what Parquet has for them. */
  void declareTimestampsAsLong() throws IOException {
    DeltaLogFiles log = new DeltaLogFiles(path);
    List<JsonNode> metadata = log.actions("metaData");
    ObjectNode last = metadata.get(metadata.size() - 1).deepCopy();
    String schema = last.get("schemaString").asText();
    last.put("schemaString", TIMESTAMP_TYPE.matcher(schema).replaceAll("$1\"long\""));
    log.append("{\"metaData\":" + last + "}");
  }
}
