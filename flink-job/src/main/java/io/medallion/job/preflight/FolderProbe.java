package io.medallion.job.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Writes, reads, lists, renames and deletes a small file in a folder, and leaves nothing behind
 * unless deleting is what fails.
 *
 * @param what the folder is, as in "the lake"
 * @param setting that names the folder
 * @param credentials settings that say how to sign in to its storage
 */
record FolderProbe(
    String what, String setting, String folder, String credentials, Folder.Opener opener) {

  /** What is wrong, in one line; empty if nothing is. */
  Optional<String> failure(Duration deadline) {
    Attempt attempt = new Attempt(opener);
    try {
      Deadline.await(what, deadline, Executors.callable(attempt));
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(line(attempt.step, FolderFailure.of(e.getCause()).remedy(this)));
    } catch (TimeoutException e) {
      return Optional.of(
          line(
              attempt.step,
              "no answer within %d s: check that the host of %s can be reached from here (firewall, private endpoint, DNS), and the settings %s; 'preflight.deadline' gives it more time"
                  .formatted(deadline.toSeconds(), setting, credentials)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(line(attempt.step, "interrupted"));
    }
  }

  private String line(String step, String remedy) {
    return "Cannot use %s %s, it fails to %s: %s".formatted(what, folder, step, remedy);
  }

  /** One run through all operations, which knows where it is. */
  private static final class Attempt implements Runnable {

    private final Folder.Opener opener;
    private final String name = ".medallion-preflight-" + UUID.randomUUID();
    private final byte[] content = name.getBytes(StandardCharsets.UTF_8);
    private volatile String step = "connect";

    Attempt(Folder.Opener opener) {
      this.opener = opener;
    }

    @Override
    public void run() {
      try (Folder folder = opener.open()) {
        try {
          probe(folder);
        } catch (IOException | RuntimeException e) {
          cleanUp(folder);
          throw e;
        }
      } catch (IOException e) {
        throw new ProbeIoException(e);
      }
    }

    private void probe(Folder folder) throws IOException {
      step = "write a file";
      folder.write(name, content);
      step = "read a file";
      require(Arrays.equals(content, folder.read(name)), "what was read is not what was written");
      step = "list files";
      require(folder.lists(name), "a new file is missing");
      step = "rename a file";
      String renamed = name + "-renamed";
      require(folder.rename(name, renamed), "it was refused");
      step = "delete a file";
      folder.delete(renamed);
      require(!folder.lists(renamed), "a deleted file is still there");
      step = "close";
    }

    private static void require(boolean condition, String otherwise) {
      if (!condition) {
        throw new UnexpectedAnswerException(otherwise);
      }
    }

    private void cleanUp(Folder folder) {
      for (String leftover : new String[] {name, name + "-renamed"}) {
        try {
          folder.delete(leftover);
        } catch (IOException | RuntimeException e) {
          // What failed before is what is told.
        }
      }
    }
  }

  /** The file system did something, but not what it was asked for. */
  static final class UnexpectedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
      super(message);
    }
  }

  /** Carries what the file system threw out of the thread. */
  static final class ProbeIoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProbeIoException(IOException cause) {
      super(cause);
    }
  }
}
