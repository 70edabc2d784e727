package io.medallion.local;

import io.medallion.cli.Console;
import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.job.preflight.ContractCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * One run of {@code medallion local}, from the options to the exit code: makes sure that everything
 * is there and fits together, then lets the {@link Flow} run. What was opened is closed in the
 * reverse order, however the run ends.
 */
final class LocalRun {

  private final LocalOptions options;
  private final Path confFolder;
  private final StopSignal signal;
  private final Console console;
  private final LiveLine line;

  LocalRun(LocalOptions options, Path confFolder, StopSignal signal, Console console) {
    this.options = options;
    this.confFolder = confFolder;
    this.signal = signal;
    this.console = console;
    this.line = new LiveLine(console, Integer.getInteger("medallion.columns", 0));
  }

  /**
   * @return the exit code
   * @throws WrongUse if an option, a port, the lake's folder or its state does not allow the run
   * @throws JobFailedException if the job fails for good
   */
  int run() throws Exception {
    Contract contract = JobSettings.contract(confFolder, options);
    Requirements.check(options, contract);
    try (LakeFolder lake = LakeFolder.open(options.lake())) {
      RunLog.open(confFolder, lake.logs().resolve("local.log"));
      line.message("lake      " + lake.root());
      LakeMarker.read(lake.marker()).ifPresent(marker -> marker.requireContract(contract.name()));
      Configuration flink = FlinkSettings.load(options, confFolder, lake);
      try (Opening<Source> opening =
              Opening.start(
                  "broker", () -> Source.open(options, confFolder, lake, contract), Source::close);
          Opening<LocalDashboard> dashboard =
              Opening.start(
                  "dashboard", () -> LocalDashboard.start(options, lake), LocalDashboard::close);
          LocalCluster cluster = LocalCluster.start(flink)) {
        return run(lake, opening.get(), dashboard.get(), cluster);
      } finally {
        line.end();
      }
    }
  }

  private int run(LakeFolder lake, Source source, LocalDashboard dashboard, LocalCluster cluster)
      throws Exception {
    line.message("contract  " + source.contract());
    tellChanges(ContractCheck.of(source.jobConfig()));
    line.message("broker    " + source.description());
    source.warnings().forEach(line::warning);
    line.message("Flink     " + cluster.webUi());
    line.message("dashboard " + dashboard.description());
    LakeMarker marker = bind(lake, source);
    LakeProgress progress = new LakeProgress(lake, source.contract());
    Optional<ResumePoint> resumePoint = resumePoint(lake, progress);
    resumePoint.ifPresent(
        point -> line.message("resume    from " + lake.root().relativize(point.folder())));
    Watch watch = new Watch(signal, progress, line);
    return new Flow(options, lake, source, marker, resumePoint, progress, watch, line, console)
        .run(cluster);
  }

  private void tellChanges(ContractCheck contract) {
    if (!contract.failures().isEmpty()) {
      throw new WrongUse(String.join("\n", contract.failures()));
    }
    contract.additions().forEach(added -> line.message("          " + added));
    contract.warnings().forEach(line::warning);
  }

  /**
   * A lake stays bound to the source that it was made with, unless the settings say that it is read
   * from another one now.
   */
  private static LakeMarker bind(LakeFolder lake, Source source)
      throws IOException, InterruptedException {
    int generation = source.generation();
    Optional<LakeMarker> present = LakeMarker.read(lake.marker());
    if (generation == 1) {
      present.ifPresent(marker -> marker.requireSource(source.identity(), source.topic().name()));
    }
    if (present.isPresent() && present.get().knows(generation)) {
      return present.get();
    }
    long firstOffset = source.topic().firstOffset();
    LakeMarker marker =
        present.orElseGet(
            () ->
                LakeMarker.create(
                    source.identity(),
                    source.topic().name(),
                    source.contract().name(),
                    firstOffset));
    if (generation > 1) {
      marker = marker.with(generation, firstOffset);
    }
    marker.write(lake.marker());
    return marker;
  }

  /** Where the job goes on; without that, rows that are there already would come a second time. */
  private static Optional<ResumePoint> resumePoint(LakeFolder lake, LakeProgress progress) {
    Optional<ResumePoint> newest = ResumePoint.newest(lake);
    if (newest.isEmpty() && progress.before().bronze() > 0) {
      throw new WrongUse(
          "The tables in %s hold rows, but there is no complete checkpoint in %s or %s to go on from, and reading the topic again would double them: choose another folder with --lake."
              .formatted(lake.root(), lake.checkpoints(), lake.savepoints()));
    }
    ResumePoint.deleteOlder(lake);
    return newest;
  }
}
