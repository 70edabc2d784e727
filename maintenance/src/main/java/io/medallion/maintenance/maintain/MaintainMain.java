package io.medallion.maintenance.maintain;

import io.medallion.maintenance.cli.Tool;
import java.io.PrintStream;
import java.time.Clock;

/** Entry point of {@code medallion maintain}: command line in, exit code out. */
public final class MaintainMain {

  private MaintainMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    Stop stop = Stop.bySignal();
    System.exit(execute(arguments, System.out, System.err, Clock.systemUTC(), stop));
  }

  /**
   * Looks after tables in this process.
   *
   * @param clock tells what is old
   * @param stop without {@code --once}, ends it
   * @return with {@code --once}, 0 if all is done, 1 if something failed; without, 0; 2 for wrong
   *     use
   */
  static int execute(String[] arguments, PrintStream out, PrintStream err, Clock clock, Stop stop) {
    try {
      return Tool.execute(
          "maintain",
          MaintainOptions.class,
          (options, output, errors) -> run(options, output, errors, clock, stop),
          arguments,
          out,
          err);
    } finally {
      stop.granted();
    }
  }

  private static int run(
      MaintainOptions options, PrintStream out, PrintStream err, Clock clock, Stop stop)
      throws InterruptedException {
    options.check();
    Maintenance maintenance = new Maintenance(options, clock, stop, out, err);
    if (options.once()) {
      return maintenance.once();
    }
    maintenance.run();
    return 0;
  }
}
