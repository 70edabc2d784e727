package io.medallion.job.preflight;

import java.io.IOException;

/** A folder on some file system, and what the job does in it. Names are of files in the folder. */
interface Folder extends AutoCloseable {

  /** Creates a file, and the folder if it is missing. */
  void write(String name, byte[] content) throws IOException;

  byte[] read(String name) throws IOException;

  boolean lists(String name) throws IOException;

  /** Returns false if the file system refused without saying why. */
  boolean rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  @Override
  void close() throws IOException;

  /** Connects to the file system, which may already fail. */
  @FunctionalInterface
  interface Opener {
    Folder open() throws IOException;
  }
}
