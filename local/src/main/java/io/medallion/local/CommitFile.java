package io.medallion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that one commit of a Delta log adds and removes (Delta protocol, "Add File and Remove
 * File"), as far as counting rows needs it.
 *
 * @param time when the commit appeared in the log
 */
record CommitFile(Instant time, List<Added> added, List<String> removed) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param rows the file's {@code numRecords} statistic
   * @param firstIngestedTime the smallest {@code ingestedTime} in the file, if the table has that
   *     column, and the file's rows are new to the table
   */
  record Added(String path, long rows, Optional<Instant> firstIngestedTime) {

    static Added of(String path, String statistics) throws IOException {
      JsonNode stats = JSON.readTree(statistics);
      JsonNode rows = stats.path("numRecords");
      if (!rows.isIntegralNumber()) {
        throw new IOException("No numRecords in the statistics of " + path);
      }
      return new Added(
          path, rows.longValue(), instant(stats.path("minValues").path("ingestedTime")));
    }

    private Added withoutTime() {
      return new Added(path, rows, Optional.empty());
    }

    private static Optional<Instant> instant(JsonNode value) throws IOException {
      if (!value.isTextual()) {
        return Optional.empty();
      }
      try {
        return Optional.of(OffsetDateTime.parse(value.textValue()).toInstant());
      } catch (DateTimeParseException e) {
        throw new IOException("Not a timestamp in the statistics: " + value, e);
      }
    }
  }

  /** The name of a version's file: 20 digits. */
  static String name(long version) {
    return "%020d.json".formatted(version);
  }

  /**
   * @throws IOException if the file cannot be read, or is not yet whole
   */
  static CommitFile read(Path file) throws IOException {
    List<Added> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode action = JSON.readTree(line);
        JsonNode add = action.path("add");
        if (add.isObject()) {
          Added whole = Added.of(add.path("path").asText(), add.path("stats").asText());
          added.add(add.path("dataChange").asBoolean(true) ? whole : whole.withoutTime());
        }
        JsonNode remove = action.path("remove");
        if (remove.isObject()) {
          removed.add(remove.path("path").asText());
        }
      }
    }
    return new CommitFile(
        Files.getLastModifiedTime(file).toInstant(), List.copyOf(added), List.copyOf(removed));
  }
}
