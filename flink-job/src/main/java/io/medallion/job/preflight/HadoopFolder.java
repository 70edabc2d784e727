package io.medallion.job.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder as the tables see it: through Hadoop, with the job's own settings. */
record HadoopFolder(FileSystem fileSystem, Path path) implements Folder {

  /** Connects anew, past Hadoop's cache, and gives up early: a person is waiting. */
  static HadoopFolder open(String folder, Map<String, String> settings) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.azure.io.retry.max.retries", "1");
    configuration.set("fs.azure.oauth.token.fetch.retry.max.retries", "1");
    settings.forEach(configuration::set);
    Path path = new Path(folder);
    return new HadoopFolder(FileSystem.newInstance(path.toUri(), configuration), path);
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    try (OutputStream out = fileSystem.create(file(name), false)) {
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
    return Arrays.stream(fileSystem.listStatus(path))
        .anyMatch(status -> status.getPath().getName().equals(name));
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    return fileSystem.rename(file(from), file(to));
  }

  @Override
  public void delete(String name) throws IOException {
    fileSystem.delete(file(name), false);
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
  }

  private Path file(String name) {
    return new Path(path, name);
  }
}
