package io.medallion.azure;

import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes and reads a file; run with no other class path than Flink's lib folder would have. */
final class HadoopProgram {

  private HadoopProgram() {}

  /** Arguments: the file's URI, then settings as NAME=VALUE. */
  public static void main(String[] args) throws Exception {
    Configuration configuration = new Configuration();
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      configuration.set(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    Path file = new Path(args[0]);
    try (FileSystem fileSystem = FileSystem.newInstance(file.toUri(), configuration)) {
      try (OutputStream out = fileSystem.create(file, false)) {
        out.write(42);
      }
      System.out.println("length " + fileSystem.getFileStatus(file).getLen());
    }
  }
}
