package io.medallion.maintenance.asof;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import java.time.Instant;
import java.util.Optional;

/** {@code medallion as-of}: finds the versions, and prints how to read them. */
public final class AsOfCommand implements LakeCommand<AsOfOptions> {

  @Override
  public Class<AsOfOptions> options() {
    return AsOfOptions.class;
  }

  @Override
  public int run(AsOfOptions options, Console console) throws InterruptedException {
    Lake lake = options.lake().open();
    if (!lake.isThere()) {
      throw options.lake().holdsNothing();
    }
    Instant time = options.time().orElseGet(Instant::now);
    Optional<LakeVersion> found =
        options.checkpoint().isPresent()
            ? lake.openAt(options.checkpoint().getAsLong())
            : lake.openAt(time);
    if (found.isEmpty()) {
      console
          .err()
          .printf(
              "medallion as-of: %s has no complete checkpoint %s, or its logs do not tell it any"
                  + " more; 'medallion history' lists what they tell.%n",
              options.lake().lake(),
              options.checkpoint().isPresent()
                  ? options.checkpoint().getAsLong()
                  : "up to " + time);
      return ExitCode.FAILED;
    }
    AsOfReport report = new AsOfReport(lake.root(), found.get());
    console.out().println(options.json() ? report.toJson() : report.toText());
    return ExitCode.DONE;
  }
}
