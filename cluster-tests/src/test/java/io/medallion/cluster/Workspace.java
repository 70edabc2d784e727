package io.medallion.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder {@code target/cluster/NAME} of a test: the processes that were started in it, and
 * their logs, which stay for reading.
 *
 * <p>No process outlives it. {@link #close} kills them; and if this JVM is killed before, a guard
 * process does, which sees that by the end of its input. The guard finds them by an environment
 * variable that all of them carry, and unmounts what is mounted in the folder.
 */
final class Workspace implements AutoCloseable {

  /** Marks our processes; its value is another one for each workspace. */
  static final String MARK = "MEDALLION_CLUSTER_TEST";

  private static final String GUARD =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      grep -lzx "$1=$2" /proc/[0-9]*/environ 2>/dev/null | tr -dc '0-9\\n' | xargs -r kill -9
      cut -d ' ' -f 2 /proc/mounts | grep "^$3/" | xargs -r -n 1 umount -l
      """;

  private final Path folder;
  private final String id;
  private final Process guard;
  private final List<JavaProcess> processes = new ArrayList<>();

  private Workspace(Path folder, String id, Process guard) {
    this.folder = folder;
    this.id = id;
    this.guard = guard;
  }

  /** Empties the folder and watches over it from now on. */
  static Workspace open(String name) throws IOException {
    Path folder = BuildFolders.target().resolve("cluster").resolve(name);
    deleteTree(folder);
    Files.createDirectories(folder.resolve("logs"));
    String id = UUID.randomUUID().toString();
    Process guard =
        new ProcessBuilder("sh", "-c", GUARD, "guard", MARK, id, folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("guard.out").toFile())
            .start();
    return new Workspace(folder, id, guard);
  }

  Path folder() {
    return folder;
  }

  /** A folder of its own under this one, created if missing. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  Path logs() {
    return folder.resolve("logs");
  }

  String id() {
    return id;
  }

  void register(JavaProcess process) {
    processes.add(process);
  }

  /** How many processes have been started: numbers the names of the next one's files. */
  int started() {
    return processes.size();
  }

  /** The ends of all processes' logs, for the message of a test that failed. */
  String tails() {
    return processes.stream()
        .map(JavaProcess::tails)
        .collect(Collectors.joining("\n", "\nLogs in " + logs() + "\n", ""));
  }

  @Override
  public void close() throws IOException {
    guard.getOutputStream().close();
    guard.onExit().join();
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
