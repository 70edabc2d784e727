package io.medallion.local;

import io.medallion.maintenance.cli.Tool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Entry point of {@code medallion replay}: command line in, exit code out. */
public final class ReplayMain {

  private ReplayMain() {}

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path conf = LocalMain.confFolder();
    Path log = Files.createTempFile("medallion-replay", ".log");
    RunLog.open(conf, log);
    int exitCode = execute(arguments, conf, System.out, System.err);
    if (exitCode != Tool.EXIT_FAILED) {
      Files.delete(log);
    }
    // Ends threads that Flink may have left.
    System.exit(exitCode);
  }

  /**
   * Runs a replay in this process.
   *
   * @param conf folder of Flink's configuration
   * @return 0 if it is done, 1 if a table can't be read or written or the job failed, 2 for wrong
   *     use, 130 if interrupted
   */
  static int execute(String[] arguments, Path conf, PrintStream out, PrintStream err) {
    return Tool.execute(
        "replay",
        ReplayOptions.class,
        (options, o, e) -> new Replay(options, conf, e).run(o),
        arguments,
        out,
        err);
  }
}
