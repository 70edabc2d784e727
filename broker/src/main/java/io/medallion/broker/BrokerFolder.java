package io.medallion.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A folder that is ready for a broker, and locked against a second one until it is closed or the
 * process ends.
 *
 * <p>The lock comes before anything of Kafka starts, because Kafka's own comes too late: its
 * controller writes to the folder before its broker finds the folder in use, and then may end the
 * JVM. For the same reason a folder with files that are not a broker's is refused: Kafka ends the
 * JVM over a sub-folder that it doesn't know.
 */
final class BrokerFolder implements AutoCloseable {

  private static final String LOCK_FILE = "broker.lock";

  /** Written last when a folder is formatted, and replaced atomically. */
  private static final String IDENTITY_FILE = "meta.properties";

  /** What a kill in the middle of formatting leaves. */
  private static final String BOOTSTRAP_FILE = "bootstrap.checkpoint";

  private final Path path;
  private final FileChannel lock;

  private BrokerFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the folder if it is missing, locks it, and gives a new one its identity. */
  static BrokerFolder open(Path path) {
    try {
      Files.createDirectories(path);
      boolean known = Files.exists(path.resolve(IDENTITY_FILE));
      if (!known) {
        refuseForeignFiles(path);
      }
      BrokerFolder folder = new BrokerFolder(path, lock(path));
      try {
        if (!known) {
          format(path);
        }
        return folder;
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new BrokerStartException(
          "Cannot write to the broker's folder %s: check that it is a folder of yours and that the disk has room"
              .formatted(path),
          e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the lock on " + path, e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process: in use just the same.
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new BrokerStartException(
          "The folder %s is in use by another broker: stop that one, or choose another folder"
              .formatted(path));
    }
    return channel;
  }

  private static void refuseForeignFiles(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      if (files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> !name.equals(LOCK_FILE) && !name.startsWith(BOOTSTRAP_FILE))) {
        throw new BrokerStartException(
            "The folder %s holds files that are not a broker's: choose an empty one"
                .formatted(path));
      }
    }
  }

  private static void format(Path path) throws IOException {
    try {
      new Formatter()
          .setNodeId(BrokerConfig.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(path.toString()))
          .setMetadataLogDirectory(path.toString())
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
