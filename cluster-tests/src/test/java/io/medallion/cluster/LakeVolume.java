package io.medallion.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A disk for a lake that can become full, and read-only. A file is mounted as a small ext4 file
 * system (which takes root), and folders are made immutable with {@code chattr}.
 *
 * <p>Without the right to mount, the lake is a plain folder, and a full disk is stood in for by a
 * read-only one; without root, folders lose their right to be written with {@code chmod}. {@link
 * #description} tells which it is.
 */
final class LakeVolume {

  private static final long MEGABYTES = 768;
  private static final int BLOCK = 4096;

  private final Path mount;
  private final boolean mounted;
  private final boolean root;

  private LakeVolume(Path mount, boolean mounted, boolean root) {
    this.mount = mount;
    this.mounted = mounted;
    this.root = root;
  }

  static LakeVolume open(Workspace workspace) throws IOException, InterruptedException {
    Path mount = workspace.folder("volume");
    String image = workspace.folder().resolve("volume.ext4").toString();
    boolean mounted =
        succeeds("truncate", "-s", MEGABYTES + "M", image)
            && succeeds("mkfs.ext4", "-q", "-F", "-m", "0", image)
            && succeeds("mount", "-o", "loop", image, mount.toString());
    LakeVolume volume =
        new LakeVolume(mount, mounted, System.getProperty("user.name").equals("root"));
    Files.createDirectories(volume.lake());
    return volume;
  }

  /** The folder of the tables. */
  Path lake() {
    return mount.resolve("lake");
  }

  String description() {
    return "full: "
        + (mounted
            ? "an ext4 file system of " + MEGABYTES + " MB"
            : "not possible, read-only instead")
        + "; read-only: "
        + (root ? "chattr +i" : "chmod a-w");
  }

  /** No byte more can be written. */
  void fill() throws IOException, InterruptedException {
    if (!mounted) {
      lock();
      return;
    }
    long free = Files.getFileStore(mount).getUsableSpace();
    succeeds("fallocate", "-l", Long.toString(free), filler().toString());
    // What fallocate could not get because it keeps blocks for its own records.
    try (OutputStream rest = Files.newOutputStream(mount.resolve("filler.rest"))) {
      byte[] block = new byte[BLOCK];
      for (long bytes = 0; bytes < MEGABYTES << 20; bytes += BLOCK) {
        rest.write(block);
      }
      throw new IllegalStateException("The disk of " + MEGABYTES + " MB does not become full");
    } catch (IOException e) {
      if (Files.getFileStore(mount).getUsableSpace() > BLOCK) {
        throw e;
      }
    }
  }

  /** Undoes {@link #fill}. */
  void free() throws IOException, InterruptedException {
    if (!mounted) {
      unlock();
      return;
    }
    Files.deleteIfExists(filler());
    Files.deleteIfExists(mount.resolve("filler.rest"));
  }

  /** No file can be created, renamed or deleted in any folder of the lake. */
  void lock() throws IOException, InterruptedException {
    change(root ? List.of("chattr", "+i") : List.of("chmod", "a-w"));
  }

  /** Undoes {@link #lock}. */
  void unlock() throws IOException, InterruptedException {
    change(root ? List.of("chattr", "-i") : List.of("chmod", "u+w"));
  }

  private void change(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    try (Stream<Path> files = Files.walk(lake())) {
      files.filter(Files::isDirectory).map(Path::toString).forEach(all::add);
    }
    if (!succeeds(all.toArray(String[]::new))) {
      throw new IllegalStateException("'" + String.join(" ", command) + "' is refused on " + mount);
    }
  }

  private Path filler() {
    return mount.resolve("filler");
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
