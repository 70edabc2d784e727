package io.medallion.maintenance.maintain;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.maintenance.cli.LakeCommand;
import java.time.Clock;
import java.util.function.Supplier;

/** {@code medallion maintain}: does it once, or until it is asked to stop. */
public final class MaintainCommand implements LakeCommand<MaintainOptions> {

  private final Clock clock;
  private final Supplier<Stop> stop;

  public MaintainCommand() {
    this(Clock.systemUTC(), Stop::bySignal);
  }

  /**
   * @param clock tells what is old
   * @param stop without {@code --once}, ends it
   */
  MaintainCommand(Clock clock, Supplier<Stop> stop) {
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Class<MaintainOptions> options() {
    return MaintainOptions.class;
  }

  @Override
  public int run(MaintainOptions options, Console console) throws InterruptedException {
    options.check();
    Stop asked = stop.get();
    try {
      Maintenance maintenance = new Maintenance(options, clock, asked, console);
      if (options.once()) {
        return maintenance.once();
      }
      maintenance.run();
      return ExitCode.DONE;
    } finally {
      asked.granted();
    }
  }
}
