package io.medallion.local;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.WrongUse;
import io.medallion.job.config.ConfigException;
import io.medallion.maintenance.cli.LakeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code medallion replay}: makes a new lake of what a bronze holds. */
public final class ReplayCommand implements LakeCommand<ReplayOptions> {

  private final Path confFolder;

  public ReplayCommand() {
    this(FlinkSettings.folder());
  }

  /**
   * @param confFolder of Flink's configuration
   */
  ReplayCommand(Path confFolder) {
    this.confFolder = confFolder;
  }

  @Override
  public Class<ReplayOptions> options() {
    return ReplayOptions.class;
  }

  @Override
  public int run(ReplayOptions options, Console console) throws IOException, InterruptedException {
    Path log = Files.createTempFile("medallion-replay", ".log");
    RunLog.open(confFolder, log);
    try {
      int exitCode = new Replay(options, confFolder, console).run();
      if (exitCode != ExitCode.FAILED) {
        Files.delete(log);
      }
      return exitCode;
    } catch (WrongUse | ConfigException | InterruptedException e) {
      // The message says all.
      Files.delete(log);
      throw e;
    }
  }
}
