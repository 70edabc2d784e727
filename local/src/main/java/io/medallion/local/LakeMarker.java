package io.medallion.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.WrongUse;
import io.medallion.contract.ContractReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a lake is: written when the lake is made, and when it is first filled from another Event
 * Hub.
 *
 * @param format version of this file's form
 * @param id the Flink job id of every run on this lake, 32 hexadecimal digits: runs so share one
 *     checkpoint folder, where a newer checkpoint replaces the older one
 * @param broker {@code embedded}, or the address of the broker that the lake is filled from
 * @param topic the one topic that the lake is filled from
 * @param firstOffset sum over the topic's partitions of the first offset that existed when the lake
 *     was made
 * @param contract the name of the lake's contract; not in the file if it is that of the weather, as
 *     in the first release
 * @param laterFirstOffsets the same of other Event Hubs that the lake was filled from since, by
 *     their {@code source.generation}; not in the file if there are none, as in the first release
 */
record LakeMarker(
    int format,
    String id,
    String broker,
    String topic,
    long firstOffset,
    @JsonInclude(JsonInclude.Include.NON_NULL) String contract,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Integer, Long> laterFirstOffsets) {

  static final String EMBEDDED = "embedded";

  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  LakeMarker {
    laterFirstOffsets = laterFirstOffsets == null ? Map.of() : Map.copyOf(laterFirstOffsets);
  }

  static LakeMarker create(String broker, String topic, String contract, long firstOffset) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return new LakeMarker(FORMAT, id, broker, topic, firstOffset, named(contract), Map.of());
  }

  private static String named(String contract) {
    return contract.equals(ContractReader.STANDARD) ? null : contract;
  }

  static Optional<LakeMarker> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    LakeMarker marker;
    try {
      marker = JSON.readValue(file.toFile(), LakeMarker.class);
    } catch (IOException e) {
      throw new WrongUse(
          file + " cannot be read as the marker of a lake: choose another folder with --lake.", e);
    }
    if (marker.format != FORMAT) {
      throw new WrongUse(
          "%s was made by another version of this program (format %d, expected %d): choose another folder with --lake."
              .formatted(file, marker.format, FORMAT));
    }
    return Optional.of(marker);
  }

  /** Whether it is known where the Event Hub began. */
  boolean knows(int generation) {
    return generation == 1 || laterFirstOffsets.containsKey(generation);
  }

  /** As {@link #firstOffset()}, of one of the Event Hubs that the lake was filled from. */
  long firstOffset(int generation) {
    return generation == 1 ? firstOffset : laterFirstOffsets.get(generation);
  }

  /** This lake, filled from another Event Hub from now on. */
  LakeMarker with(int generation, long itsFirstOffset) {
    Map<Integer, Long> later = new TreeMap<>(laterFirstOffsets);
    later.put(generation, itsFirstOffset);
    return new LakeMarker(format, id, broker, topic, firstOffset, contract, later);
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
   * @throws WrongUse if the lake is filled from somewhere else
   */
  void requireSource(String otherBroker, String otherTopic) {
    if (!broker.equals(otherBroker) || !topic.equals(otherTopic)) {
      throw new WrongUse(
          "This lake is filled from topic '%s' of %s, not from topic '%s' of %s: choose another folder with --lake, or, to go on from that one in this lake, --set source.generation=2."
              .formatted(topic, called(broker), otherTopic, called(otherBroker)));
    }
  }

  /**
   * Rows of two contracts do not go into the same tables.
   *
   * @throws WrongUse if the lake has another contract
   */
  void requireContract(String other) {
    String own = contract == null ? ContractReader.STANDARD : contract;
    if (!own.equals(other)) {
      throw new WrongUse(
          "The events of this lake are those of the contract '%s', not '%s': give that one with --contract, or choose another folder with --lake."
              .formatted(own, other));
    }
  }

  private static String called(String broker) {
    return broker.equals(EMBEDDED) ? "its own broker" : broker;
  }
}
