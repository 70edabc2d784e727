package io.medallion.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the tables rely on: of several that create a file, one does, and its content is what stays.
 */
final class StorageContract {

  private static final int RACERS = 4;

  private StorageContract() {}

  /** Lets racers create the same file, again and again, each through a connection of its own. */
  static void assertOneCreatorWins(Path folder, Configuration configuration, int rounds)
      throws Exception {
    List<FileSystem> connections = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      for (int racer = 0; racer < RACERS; racer++) {
        connections.add(FileSystem.newInstance(folder.toUri(), configuration));
      }
      for (int round = 0; round < rounds; round++) {
        Path file = new Path(folder, "%020d.json".formatted(round));
        List<String> winners = race(connections, threads, file);
        assertThat(winners).as("winners of round %d", round).hasSize(1);
        assertThat(read(connections.get(0), file)).isEqualTo(winners.get(0));
      }
    } finally {
      threads.shutdownNow();
      for (FileSystem connection : connections) {
        connection.close();
      }
    }
  }

  private static List<String> race(List<FileSystem> connections, ExecutorService threads, Path file)
      throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(RACERS);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      FileSystem connection = connections.get(racer);
      String content = "racer " + racer;
      results.add(
          threads.submit(
              () -> {
                barrier.await();
                return create(connection, file, content);
              }));
    }
    List<String> winners = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      if (results.get(racer).get()) {
        winners.add("racer " + racer);
      }
    }
    return winners;
  }

  private static boolean create(FileSystem connection, Path file, String content) {
    try (OutputStream out = connection.create(file, false)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false;
    }
    return true;
  }

  private static String read(FileSystem connection, Path file) throws IOException {
    try (InputStream in = connection.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
