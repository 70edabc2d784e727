package io.medallion.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * What a lake is: written once, when the lake is made, and never changed.
 *
 * @param format version of this file's form
 * @param id the Flink job id of every run on this lake, 32 hexadecimal digits: runs so share one
 *     checkpoint folder, where a newer checkpoint replaces the older one
 * @param broker {@code embedded}, or the address of the broker that the lake is filled from
 * @param topic the one topic that the lake is filled from
 * @param firstOffset sum over the topic's partitions of the first offset that existed when the lake
 *     was made
 */
record LakeMarker(int format, String id, String broker, String topic, long firstOffset) {

  static final String EMBEDDED = "embedded";

  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  static LakeMarker create(String broker, String topic, long firstOffset) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return new LakeMarker(FORMAT, id, broker, topic, firstOffset);
  }

  static Optional<LakeMarker> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    LakeMarker marker;
    try {
      marker = JSON.readValue(file.toFile(), LakeMarker.class);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read as the marker of a lake: choose another folder with --lake.", e);
    }
    if (marker.format != FORMAT) {
      throw new UserError(
          "%s was made by another version of this program (format %d, expected %d): choose another folder with --lake."
              .formatted(file, marker.format, FORMAT));
    }
    return Optional.of(marker);
  }

  /** Writes the file whole or not at all. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * A second source would put offsets of two topics into one history.
   *
   * @throws UserError if the lake is filled from somewhere else
   */
  void requireSource(String otherBroker, String otherTopic) {
    if (!broker.equals(otherBroker) || !topic.equals(otherTopic)) {
      throw new UserError(
          "This lake is filled from topic '%s' of %s, not from topic '%s' of %s: choose another folder with --lake, or, to go on from that one in this lake, --set source.generation=2."
              .formatted(topic, named(broker), otherTopic, named(otherBroker)));
    }
  }

  private static String named(String broker) {
    return broker.equals(EMBEDDED) ? "its own broker" : broker;
  }
}
