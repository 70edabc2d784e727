package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

  @Test
  void noProcessOutlivesATestThatWasKilled() throws Exception {
    Process test =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName())
            .start();
    try (BufferedReader output = test.inputReader()) {
      ProcessHandle orphan =
          ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow(AssertionError::new);
      assertThat(orphan.isAlive()).isTrue();

      test.destroyForcibly().waitFor();

      orphan.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      test.destroyForcibly();
    }
  }

  /** A test in another JVM: starts a process and tells its id. */
  static final class Owner {

    private Owner() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Workspace workspace = Workspace.open("killed");
      System.out.println(JavaProcess.of(Sleeper.class.getName()).start(workspace, "sleeper").pid());
      Thread.currentThread().join();
    }
  }

  /** Does nothing for ever. */
  static final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
      Thread.currentThread().join();
    }
  }
}
