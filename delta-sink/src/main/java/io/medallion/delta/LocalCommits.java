package io.medallion.delta;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.delta.kernel.internal.util.FileNames;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes log entries on local disks so that of several processes that commit the same version
 * exactly one succeeds.
 *
 * <p>Delta's log stores for {@code file:} check and then rename, and a POSIX rename replaces: two
 * processes can both succeed, and one commit is gone. A hard link is atomic and fails if the target
 * exists, and what it links to is already complete, and on disk: a checkpoint of the job counts on
 * an entry that it was told of, after a power failure too.
 *
 * <p>Public because Kernel makes it by name.
 */
public final class LocalCommits extends HadoopFileSystemLogStore {

  private static final String LOG_STORE_FOR_FILE = "io.delta.kernel.logStore.file.impl";

  /** Called by Kernel. */
  public LocalCommits(Configuration configuration) {
    super(configuration);
  }

  static Configuration configure(Configuration configuration) {
    configuration.setIfUnset(LOG_STORE_FOR_FILE, LocalCommits.class.getName());
    return configuration;
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    if (overwrite) {
      writeWithRename(path, actions, true, configuration);
      return;
    }
    java.nio.file.Path target = java.nio.file.Path.of(path.toUri().getPath());
    boolean isLogEntry = FileNames.isCommitFile(target.getFileName().toString());
    java.nio.file.Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel file = FileChannel.open(temporary, CREATE_NEW, WRITE);
          Writer out = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8))) {
        while (actions.hasNext()) {
          out.write(actions.next());
          out.write('\n');
        }
        out.flush();
        if (isLogEntry) {
          file.force(true);
        }
      }
      Files.createLink(target, temporary);
      if (isLogEntry) {
        LocalDisk.forceNames(target.getParent());
      }
    } catch (FileAlreadyExistsException conflict) {
      throw new FileAlreadyExistsException(target.toString());
    } catch (NoSuchFileException absent) {
      throw new IOException("The folder of " + target + " does not exist", absent);
    } catch (UnsupportedOperationException noLinks) {
      throw new IOException(
          "The file system of "
              + target
              + " has no hard links, so commits by several processes could overwrite each other."
              + " Put the table on another file system.",
          noLinks);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return true;
  }
}
