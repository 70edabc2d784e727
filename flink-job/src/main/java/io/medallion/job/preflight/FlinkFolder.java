package io.medallion.job.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A folder as Flink sees it: checkpoints, savepoints, high availability. */
record FlinkFolder(FileSystem fileSystem, Path path) implements Folder {

  static FlinkFolder open(String folder) throws IOException {
    Path path = new Path(folder);
    return new FlinkFolder(path.getFileSystem(), path);
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    fileSystem.mkdirs(path);
    try (OutputStream out = fileSystem.create(file(name), FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(content);
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (InputStream in = fileSystem.open(file(name))) {
      return in.readAllBytes();
    }
  }

  @Override
  public boolean lists(String name) throws IOException {
    FileStatus[] files = fileSystem.listStatus(path);
    return files != null
        && Arrays.stream(files).anyMatch(status -> status.getPath().getName().equals(name));
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    return fileSystem.rename(file(from), file(to));
  }

  @Override
  public void delete(String name) throws IOException {
    fileSystem.delete(file(name), false);
  }

  /** The file system is Flink's, shared with all others. */
  @Override
  public void close() {}

  private Path file(String name) {
    return new Path(path, name);
  }
}
