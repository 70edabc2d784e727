package io.medallion.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Makes a folder ready for a broker: a new one gets its identity, a broker's own one is left alone,
 * any other is refused, because Kafka ends the JVM over a sub-folder that it doesn't know.
 */
final class BrokerFolder {

  /** Written last when a folder is formatted, and replaced atomically. */
  private static final String IDENTITY_FILE = "meta.properties";

  /** What a kill in the middle of formatting leaves. */
  private static final String BOOTSTRAP_FILE = "bootstrap.checkpoint";

  private BrokerFolder() {}

  static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve(IDENTITY_FILE))) {
        return;
      }
      try (Stream<Path> files = Files.list(folder)) {
        if (files.anyMatch(file -> !file.getFileName().toString().startsWith(BOOTSTRAP_FILE))) {
          throw new BrokerStartException(
              "The folder %s holds files that are not a broker's: choose an empty one"
                  .formatted(folder));
        }
      }
      format(folder);
    } catch (IOException | UncheckedIOException e) {
      throw new BrokerStartException(
          "Cannot write to the broker's folder %s: check that it is a folder of yours and that the disk has room"
              .formatted(folder),
          e);
    }
  }

  private static void format(Path folder) throws IOException {
    try {
      new Formatter()
          .setNodeId(BrokerConfig.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(folder.toString()))
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
