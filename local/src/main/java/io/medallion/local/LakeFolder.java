package io.medallion.local;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lake on the local disk: the tables, and beside them, in {@code .medallion}, what this program
 * needs to go on later (the broker's log, checkpoints, savepoints, logs).
 *
 * <p>An open folder is held by a lock that the operating system drops with the process, however it
 * ends: at most one process works on a lake. A folder with content that this program did not make
 * is never touched.
 */
final class LakeFolder implements AutoCloseable {

  private static final String OWN_FOLDER = ".medallion";
  private static final String MARKER = "lake.json";

  private final Path root;
  private final FileChannel lockFile;

  private LakeFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Opens a lake, or makes one of a folder that is missing or empty.
   *
   * @throws WrongUse if the folder is foreign, in use, or cannot be written
   */
  static LakeFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (Files.exists(root) && !Files.isDirectory(root)) {
        throw new WrongUse(root + " is a file: --lake must name a folder.");
      }
      if (isForeign(root)) {
        throw new WrongUse(
            root
                + " holds files but is not a lake of 'medallion local': choose an empty or new folder with --lake.");
      }
      Files.createDirectories(root.resolve(OWN_FOLDER));
      LakeFolder lake = new LakeFolder(root, lock(root));
      FolderTree.delete(lake.temp());
      for (Path own :
          new Path[] {
            lake.broker(), lake.checkpoints(), lake.savepoints(), lake.logs(), lake.temp()
          }) {
        Files.createDirectories(own);
      }
      return lake;
    } catch (IOException e) {
      throw new WrongUse(
          "Cannot write to %s (%s): choose another folder with --lake."
              .formatted(root, e.getClass().getSimpleName()),
          e);
    }
  }

  private static boolean isForeign(Path root) throws IOException {
    if (!Files.isDirectory(root) || Files.exists(root.resolve(OWN_FOLDER).resolve(MARKER))) {
      return false;
    }
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(root, entry -> !entry.endsWith(OWN_FOLDER))) {
      return others.iterator().hasNext();
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(OWN_FOLDER).resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      String owner = read(channel);
      channel.close();
      throw new WrongUse(
          "%s is in use by another 'medallion local' (process %s): stop that one or choose another folder with --lake."
              .formatted(root, owner));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  /** The lock lives as long as its channel. */
  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(32);
    channel.read(content, 0);
    return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
  }

  /**
   * A path in the form that Flink, Hadoop and Delta Kernel take: a URI, but not percent-encoded,
   * because they do not decode it.
   */
  static String uri(Path path) {
    return "file://" + path.toAbsolutePath();
  }

  /** The other way: of a path that Flink tells. */
  static Path path(String uri) {
    return Path.of(uri.replaceFirst("^file:(//)?", ""));
  }

  /** The folder that the tables' folders stand in. */
  Path root() {
    return root;
  }

  Path broker() {
    return own("broker");
  }

  Path checkpoints() {
    return own("checkpoints");
  }

  Path savepoints() {
    return own("savepoints");
  }

  Path logs() {
    return own("logs");
  }

  Path temp() {
    return own("tmp");
  }

  /** Lets other programs into the lake's own broker. */
  Path connectionString() {
    return own("connection-string");
  }

  Path marker() {
    return own(MARKER);
  }

  private Path own(String name) {
    return root.resolve(OWN_FOLDER).resolve(name);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
