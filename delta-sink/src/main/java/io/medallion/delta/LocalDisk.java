package io.medallion.delta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/**
 * What is different for a table on a local disk. What the disk was given outlasts a power failure
 * only once it was forced there, while an object store keeps what it has accepted. And Hadoop
 * starts a process for each file that it creates, {@code chmod}, and writes a second one of
 * checksums.
 */
final class LocalDisk {

  private static final String SCHEME = "file";

  private LocalDisk() {}

  /** A file to write, in a folder that need not be there yet. */
  static OutputFile newFile(
      org.apache.hadoop.fs.Path file, FileSystem fileSystem, Configuration hadoop)
      throws IOException {
    if (!SCHEME.equals(fileSystem.getUri().getScheme())) {
      return HadoopOutputFile.fromPath(file, hadoop);
    }
    Path path = Path.of(file.toUri().getPath());
    Files.createDirectories(path.getParent());
    return new LocalOutputFile(path);
  }

  /** Forces a commit's data files to disk, with their names, if the table is on a local one. */
  static void force(io.delta.kernel.internal.fs.Path table, Collection<DataFile> files) {
    if (!SCHEME.equals(table.toUri().getScheme())) {
      return;
    }
    Path root = Path.of(table.toUri().getPath());
    Set<Path> folders = new LinkedHashSet<>();
    try {
      for (DataFile file : files) {
        Path path = root.resolve(file.path());
        force(path, StandardOpenOption.WRITE);
        Path folder = path.getParent();
        while (folder.startsWith(root) && folders.add(folder)) {
          folder = folder.getParent();
        }
      }
      for (Path folder : folders) {
        forceNames(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Data files of " + table + " could not be forced to disk", e);
    }
  }

  /** Forces the names of the files of a folder to disk. */
  static void forceNames(Path folder) throws IOException {
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
