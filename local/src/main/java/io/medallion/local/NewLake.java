package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a lake that a replay makes. From the first commit to the last one it holds a file
 * that says that it is not whole; a second replay refuses it then.
 */
final class NewLake {

  /** Readers of Delta tables and Spark overlook names that begin so. */
  static final String UNFINISHED = "_unfinished_replay";

  private final String root;
  private final FileSystem files;

  private NewLake(String root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Takes a folder that is empty or not there yet; nothing is written.
   *
   * @param settings of the file system by Hadoop's names
   * @throws WrongUse if there is anything in it
   */
  static NewLake at(String folder, Map<String, String> settings) throws IOException {
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    String root = Lake.at(folder).root();
    Path path = new Path(root);
    NewLake lake = new NewLake(root, path.getFileSystem(hadoop));
    FileStatus[] there = lake.list(path);
    if (Arrays.stream(there).anyMatch(file -> file.getPath().getName().equals(UNFINISHED))) {
      throw new WrongUse(
          "%s holds a part of a lake, of a replay that was not finished: delete the folder, or name another one with --into."
              .formatted(folder));
    }
    if (there.length > 0) {
      throw new WrongUse(
          "%s is not empty: a replay makes a new lake. Name an empty or new folder with --into."
              .formatted(folder));
    }
    return lake;
  }

  private FileStatus[] list(Path path) throws IOException {
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    }
  }

  String root() {
    return root;
  }

  /** Notes that the lake is not whole from now on. */
  void begin(String of) throws IOException {
    try (FSDataOutputStream out = files.create(marker(), false)) {
      out.write("A replay of %s\n".formatted(of).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Notes that the lake is whole. */
  void finish() throws IOException {
    if (!files.delete(marker(), false)) {
      throw new IOException("Cannot delete " + marker() + ", though the lake is whole");
    }
  }

  private Path marker() {
    return new Path(root, UNFINISHED);
  }
}
