package io.medallion.local;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorSummary;
import io.medallion.generator.GeneratorTarget;
import io.medallion.job.MedallionJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Generator and job of a run: in which order they start, when the run ends, how they stop. */
final class Flow {

  private final LocalOptions options;
  private final LakeFolder lake;
  private final Source source;
  private final LakeMarker marker;
  private final Optional<ResumePoint> resumePoint;
  private final LakeProgress progress;
  private final Watch watch;
  private final LiveLine line;
  private final Console console;

  Flow(
      LocalOptions options,
      LakeFolder lake,
      Source source,
      LakeMarker marker,
      Optional<ResumePoint> resumePoint,
      LakeProgress progress,
      Watch watch,
      LiveLine line,
      Console console) {
    this.options = options;
    this.lake = lake;
    this.source = source;
    this.marker = marker;
    this.resumePoint = resumePoint;
    this.progress = progress;
    this.watch = watch;
    this.line = line;
    this.console = console;
  }

  /** Runs to the end or to Ctrl-C, prints the summary, and returns the exit code. */
  int run(LocalCluster cluster)
      throws JobFailedException, InterruptedException, ExecutionException {
    Optional<Traffic> traffic = Optional.empty();
    if (options.preload()) {
      traffic = startTraffic();
      if (!watch.until(traffic.orElseThrow()::isOver)) {
        line.message("stopped before the job was started; the next start reads what was sent");
        return ExitCode.INTERRUPTED;
      }
    }
    RunningJob job = startJob(cluster);
    watch.follow(job);
    if (!options.preload() && hasTraffic()) {
      traffic = startTraffic();
    }
    boolean drain = traffic.isPresent() ? untilAllIsRead(traffic.get()) : untilEnoughIsRead();
    line.message(
        drain ? "closing all windows ..." : "stopping with a savepoint (Ctrl-C: at once) ...");
    Optional<GeneratorSummary> sent = traffic.map(Traffic::stop);
    String savepoint = job.stop(drain);
    LocalSummary summary = summary(drain, sent, savepoint);
    console.out().println(options.json() ? summary.toJson() : summary.toText());
    if (summary.audit().filter(audit -> !audit.holds()).isPresent()) {
      return ExitCode.FAILED;
    }
    return drain || !options.hasEnd() ? ExitCode.DONE : ExitCode.INTERRUPTED;
  }

  private RunningJob startJob(LocalCluster cluster)
      throws InterruptedException, ExecutionException {
    StreamExecutionEnvironment environment = cluster.environment();
    MedallionJob.define(environment, source.jobConfig());
    return cluster.submit(
        environment, JobID.fromHexString(marker.id()), resumePoint, source.generation() > 1);
  }

  /** A broker that belongs to somebody else is only read, unless asked. */
  private boolean hasTraffic() {
    return options.bootstrap().isEmpty() || options.generate();
  }

  private Optional<Traffic> startTraffic() {
    GeneratorOptions plan =
        TrafficPlan.of(options, source.contract(), progress.lastCommitBefore(), Instant.now());
    line.message("seed      " + plan.seed());
    Topic topic = source.topic();
    Traffic traffic =
        Traffic.start(plan, new GeneratorTarget(topic.clientProperties(), topic.name()));
    watch.follow(traffic);
    return Optional.of(traffic);
  }

  /** Until the generator is done and every event of the topic is in bronze; false: interrupted. */
  private boolean untilAllIsRead(Traffic traffic) throws JobFailedException, InterruptedException {
    if (!watch.until(traffic::isOver)) {
      return false;
    }
    long inTopic = source.topic().endOffset() - marker.firstOffset(source.generation());
    if (source.generation() == 1) {
      return watch.until(() -> progress.rows().bronze() >= inTopic);
    }
    HubRows rows = HubRows.of(lake, source.jobConfig().source().name().text());
    return watch.until(() -> rows.areAtLeast(inTopic, progress.rows().bronze()));
  }

  /** Until this run has read as many events, or for as long, as it should; false: interrupted. */
  private boolean untilEnoughIsRead() throws JobFailedException, InterruptedException {
    long before = progress.before().bronze();
    long events = options.events().events().orElse(Long.MAX_VALUE);
    Optional<Duration> duration = options.events().duration();
    return watch.until(
        () ->
            progress.rows().bronze() - before >= events
                || duration.filter(limit -> watch.elapsed().compareTo(limit) >= 0).isPresent());
  }

  private LocalSummary summary(boolean drained, Optional<GeneratorSummary> sent, String savepoint) {
    progress.refresh();
    watch.show();
    line.end();
    Duration elapsed = watch.elapsed();
    return new LocalSummary(
        lake.root(),
        drained,
        elapsed,
        sent,
        progress.rows(),
        progress.rows().minus(progress.before()),
        Throughput.of(progress),
        savepoint,
        options.audit().audit(lake, progress.rows(), console.progress()));
  }
}
