package io.medallion.local;

import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorTarget;
import io.medallion.job.MedallionJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One run of {@code medallion local}: what is started in which order, when it ends, and how it is
 * stopped. What was started is closed in the reverse order, however the run ends.
 */
final class LocalRun {

  private final LocalOptions options;
  private final Path confFolder;
  private final StopSignal signal;
  private final PrintStream out;
  private final LiveLine line;

  LocalRun(
      LocalOptions options, Path confFolder, StopSignal signal, PrintStream out, PrintStream err) {
    this.options = options;
    this.confFolder = confFolder;
    this.signal = signal;
    this.out = out;
    this.line = new LiveLine(err, Boolean.getBoolean("medallion.terminal"));
  }

  /** Returns the exit code. */
  int run() throws Exception {
    Requirements.check(options);
    try (LakeFolder lake = LakeFolder.open(options.lake())) {
      RunLog.open(lake.logs().resolve("local.log"));
      try (Source source = Source.open(options, confFolder, lake)) {
        return run(lake, source);
      } finally {
        line.end();
      }
    }
  }

  private int run(LakeFolder lake, Source source) throws Exception {
    LakeMarker marker = bind(lake, source);
    LakeProgress progress = new LakeProgress(lake);
    Optional<ResumePoint> resumePoint = resumePoint(lake, progress);
    line.message(
        "lake    %s%s"
            .formatted(
                lake.root(),
                resumePoint
                    .map(p -> " (goes on from " + p.folder().getFileName() + ")")
                    .orElse("")));
    line.message(source.description(lake));

    Watch watch = new Watch(signal, progress, line);
    Optional<Traffic> traffic = Optional.empty();
    if (options.preload()) {
      traffic = startTraffic(source, progress, watch);
      if (!watch.until(traffic.orElseThrow()::isOver)) {
        traffic.orElseThrow().stop();
        return StopSignal.EXIT_INTERRUPTED;
      }
    }
    Configuration flink = FlinkSettings.load(options, confFolder, lake, resumePoint);
    try (LocalCluster cluster = LocalCluster.start(flink)) {
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.getExecutionEnvironment(flink);
      MedallionJob.define(environment, source.jobConfig());
      RunningJob job = cluster.submit(environment, JobID.fromHexString(marker.id()));
      watch.follow(job);
      line.message("Flink   " + cluster.webUi());
      if (traffic.isEmpty()) {
        traffic = startTraffic(source, progress, watch);
      }
      boolean ended = watchToTheEnd(watch, traffic, source, marker, progress);
      return stop(lake, job, traffic, progress, watch, ended);
    }
  }

  /** Returns whether the run came to the end that the options set, rather than to a Ctrl-C. */
  private boolean watchToTheEnd(
      Watch watch,
      Optional<Traffic> traffic,
      Source source,
      LakeMarker marker,
      LakeProgress progress)
      throws JobFailedException, InterruptedException {
    if (traffic.isPresent()) {
      if (!watch.until(traffic.get()::isOver)) {
        return false;
      }
      long sent = source.topic().endOffset() - marker.firstOffset();
      return watch.until(() -> progress.rows().bronze() >= sent);
    }
    long wanted = progress.before().bronze() + options.events().orElse(Long.MAX_VALUE / 2);
    return watch.until(
        () ->
            progress.rows().bronze() >= wanted
                || options.duration().filter(d -> watch.elapsed().compareTo(d) >= 0).isPresent());
  }

  private int stop(
      LakeFolder lake,
      RunningJob job,
      Optional<Traffic> traffic,
      LakeProgress progress,
      Watch watch,
      boolean drain)
      throws JobFailedException, InterruptedException {
    if (!drain) {
      line.message("stopping with a savepoint (Ctrl-C again: at once) ...");
    }
    var sent = traffic.map(Traffic::stop);
    String savepoint = job.stop(drain);
    progress.refresh();
    watch.show();
    line.end();
    LocalSummary summary =
        new LocalSummary(
            lake.root(),
            drain,
            watch.elapsed(),
            sent,
            progress.rows(),
            progress.rows().minus(progress.before()),
            Throughput.of(progress),
            savepoint);
    out.println(options.json() ? summary.toJson() : summary.toText());
    out.flush();
    boolean hasEnd = options.duration().isPresent() || options.events().isPresent();
    return drain || !hasEnd ? 0 : StopSignal.EXIT_INTERRUPTED;
  }

  /** A lake is bound to the source it was made with. */
  private static LakeMarker bind(LakeFolder lake, Source source)
      throws IOException, InterruptedException {
    Optional<LakeMarker> present = LakeMarker.read(lake.marker());
    if (present.isPresent()) {
      present.get().requireSource(source.identity(), source.topic().name());
      return present.get();
    }
    LakeMarker marker =
        LakeMarker.create(source.identity(), source.topic().name(), source.topic().firstOffset());
    marker.write(lake.marker());
    return marker;
  }

  /** The job's start; without one, a lake that holds rows already would get them a second time. */
  private static Optional<ResumePoint> resumePoint(LakeFolder lake, LakeProgress progress) {
    Optional<ResumePoint> newest = ResumePoint.newest(lake);
    if (newest.isEmpty() && progress.before().bronze() > 0) {
      throw new UserError(
          "The tables in %s hold rows, but %s and %s hold no complete checkpoint to go on from: reading the topic again would double them. Choose another folder with --lake."
              .formatted(lake.root(), lake.checkpoints(), lake.savepoints()));
    }
    newest.ifPresent(point -> point.deleteOthers(lake));
    return newest;
  }

  /** None if another broker is only read. */
  private Optional<Traffic> startTraffic(Source source, LakeProgress progress, Watch watch) {
    if (options.bootstrap().isPresent() && !options.generate()) {
      return Optional.empty();
    }
    GeneratorOptions plan = TrafficPlan.of(options, progress.lastCommitBefore(), Instant.now());
    line.message("seed    " + plan.seed());
    Traffic traffic =
        Traffic.start(
            plan, new GeneratorTarget(source.topic().clientProperties(), source.topic().name()));
    watch.follow(traffic);
    return Optional.of(traffic);
  }
}
