package io.medallion.local;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Figures;
import io.medallion.cli.Ticker;
import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.job.MedallionJob;
import io.medallion.job.config.HadoopSettings;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.LatenessConfig;
import io.medallion.job.config.ReplayConfig;
import io.medallion.job.hub.HubName;
import io.medallion.local.bronze.BronzeScan;
import io.medallion.local.bronze.BronzeSource;
import io.medallion.local.bronze.BronzeVersion;
import io.medallion.local.bronze.RecordedHub;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.TimeUtils;

/**
 * One replay, from the options to the exit code. A job on a cluster in this process reads what
 * bronze has, and writes all tables of a new lake, bronze too: a whole lake, with an audit of its
 * own.
 *
 * <p>Of a lake that was read from several Event Hubs, one after the other, there is a job for each:
 * the next one goes on where the one before was stopped, as the operator did it.
 */
final class Replay {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final ReplayOptions options;
  private final int mostParallelism;
  private final Duration checkpointInterval;
  private final Path confFolder;
  private final Console console;

  Replay(ReplayOptions options, Path confFolder, Console console) {
    this.options = options;
    this.mostParallelism = options.parallelism();
    this.checkpointInterval = options.checkpointInterval();
    this.confFolder = confFolder;
    this.console = console;
  }

  /** Returns the exit code. */
  int run() throws IOException, InterruptedException {
    Lake lake = options.lake().open();
    LakeVersion tables = lake.openNewest();
    if (!tables.tables().containsKey(tables.definitions().bronze())) {
      throw options.lake().holdsNothing();
    }
    Map<String, String> storage = HadoopSettings.fromArgs(options.lake().access().jobArguments());
    NewLake into = NewLake.at(options.into(), storage);
    Jobs jobs = plan(tables, BronzeVersion.of(lake.root(), storage, bronze(tables)), into);
    tell(jobs);
    Path work = work();
    // Until here, Ctrl-C ends the process: nothing is written.
    StopSignal signal = StopSignal.install();
    into.begin(lake.root());
    try {
      if (!run(jobs, work, signal)) {
        return notWhole(ExitCode.INTERRUPTED, "interrupted");
      }
      GapCopy.run(tables, jobs.configs().get(0).sink());
      into.finish();
    } catch (JobFailedException e) {
      return notWhole(ExitCode.FAILED, "the job failed: " + e.getMessage() + RunLog.hint());
    } catch (IOException | InterruptedException | RuntimeException e) {
      notWhole(ExitCode.FAILED, "it ended early");
      throw e;
    }
    ReplayReport report =
        new ReplayReport(
            into.root(),
            ReplayReport.rows(tables),
            ReplayReport.rows(Lake.at(into.root(), storage).openNewest()));
    console.out().println(options.json() ? report.toJson() : report.toText());
    return ExitCode.DONE;
  }

  private static TableVersion bronze(LakeVersion tables) {
    return tables.tables().get(tables.definitions().bronze());
  }

  private Jobs plan(LakeVersion tables, BronzeVersion version, NewLake into) {
    Contract ofLake = tables.definitions().contract();
    Map<Optional<Duration>, Duration> windows = GoldSizes.of(tables);
    String[] arguments = options.jobArguments(into.root());
    Function<HubName, JobConfig> config = hub -> ReplayConfig.of(hub, ofLake, windows, arguments);
    // A setting that is wrong is told before bronze is read, which may take minutes.
    JobConfig unused = config.apply(new HubName("any", 1));
    List<RecordedHub> hubs =
        BronzeScan.of(
            bronze(tables), options.enqueued(), new Ticker(console.progress(), "bronze: rows"));
    if (hubs.isEmpty()) {
      throw new WrongUse("Bronze has no record of that time: there is nothing to replay.");
    }
    return new Jobs(version, hubs, hubs.stream().map(RecordedHub::name).map(config).toList());
  }

  private int notWhole(int exitCode, String why) {
    console
        .err()
        .println(
            "medallion replay: %s. The lake in %s is not whole: delete the folder."
                .formatted(why, options.into()));
    return exitCode;
  }

  private void tell(Jobs jobs) {
    JobConfig config = jobs.configs().get(0);
    console.progress().println("into      " + config.sink().lakePath());
    console.progress().println("contract  " + config.rules().contract());
    LatenessConfig lateness = config.windows().lateness();
    console
        .progress()
        .println(
            "time      windows of %s, out-of-orderness %s, late arrival %s, idle timeout %s"
                .formatted(
                    config.windows().tables().stream()
                        .distinct()
                        .map(TimeUtils::formatWithHighestUnit)
                        .collect(Collectors.joining(", ")),
                    TimeUtils.formatWithHighestUnit(lateness.outOfOrderness()),
                    lateness.lateArrival().map(TimeUtils::formatWithHighestUnit).orElse("off"),
                    TimeUtils.formatWithHighestUnit(lateness.idleTimeout())));
    for (RecordedHub hub : jobs.hubs()) {
      console
          .progress()
          .println(
              "records   %s in %d partitions of %s"
                  .formatted(
                      Figures.count(hub.records()), hub.partitions().size(), hub.name().text()));
    }
  }

  /** What is to be run, an Event Hub after the other. */
  private record Jobs(BronzeVersion bronze, List<RecordedHub> hubs, List<JobConfig> configs) {

    boolean isLast(int hub) {
      return hub == hubs.size() - 1;
    }

    long recordsUpTo(int hub) {
      return hubs.stream().limit(hub + 1L).mapToLong(RecordedHub::records).sum();
    }
  }

  private Path work() throws IOException {
    Path parent = Path.of(options.work().orElse(System.getProperty("java.io.tmpdir")));
    return Files.createTempDirectory(Files.createDirectories(parent), "medallion-replay");
  }

  /** Returns whether all was replayed; false: interrupted. */
  private boolean run(Jobs jobs, Path work, StopSignal signal)
      throws JobFailedException, IOException, InterruptedException {
    try (LocalCluster cluster = start(flink(work, jobs))) {
      console.progress().println("Flink     " + cluster.webUi());
      Optional<ResumePoint> goOn = Optional.empty();
      for (int hub = 0; hub < jobs.hubs().size(); hub++) {
        RunningJob job = submit(cluster, jobs, hub, goOn);
        if (!await(job, jobs, hub, signal)) {
          return false;
        }
        if (!jobs.isLast(hub)) {
          goOn = Optional.of(new ResumePoint(LakeFolder.path(job.stop(false)), 0));
        }
      }
      return true;
    } catch (ExecutionException e) {
      throw new JobFailedException(e);
    } finally {
      FolderTree.delete(work);
    }
  }

  private static LocalCluster start(Configuration flink)
      throws JobFailedException, InterruptedException {
    try {
      return LocalCluster.start(flink);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new JobFailedException(e);
    }
  }

  private Configuration flink(Path work, Jobs jobs) throws IOException {
    Configuration flink =
        FlinkSettings.load(
            confFolder,
            0,
            Files.createDirectories(work.resolve("tmp")),
            work.resolve("checkpoints"),
            work.resolve("savepoints"));
    // Each slot has a share of the memory: none is for nothing.
    flink.set(
        CoreOptions.DEFAULT_PARALLELISM,
        jobs.hubs().stream().mapToInt(this::parallelism).max().orElseThrow());
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    return flink;
  }

  private RunningJob submit(LocalCluster cluster, Jobs jobs, int number, Optional<ResumePoint> goOn)
      throws InterruptedException, ExecutionException {
    RecordedHub hub = jobs.hubs().get(number);
    JobConfig config = jobs.configs().get(number);
    StreamExecutionEnvironment environment = cluster.environment();
    environment.setParallelism(parallelism(hub));
    MedallionJob.replay(
        environment,
        maxParallelism ->
            BronzeSource.of(jobs.bronze(), hub, jobs.isLast(number), config, maxParallelism),
        config);
    return cluster.submit(environment, JobID.generate(), goOn, true);
  }

  /** Not more than there are partitions: a subtask without one has nothing to do. */
  private int parallelism(RecordedHub hub) {
    return Math.min(mostParallelism, hub.partitions().size());
  }

  /** Until all records of the Event Hub are committed; false: interrupted. */
  private boolean await(RunningJob job, Jobs jobs, int hub, StopSignal signal)
      throws JobFailedException, InterruptedException {
    JobConfig config = jobs.configs().get(hub);
    Lake target = Lake.at(config.sink().lakePath(), config.sink().hadoop());
    long all = jobs.recordsUpTo(jobs.hubs().size() - 1);
    ReplayedRows rows = new ReplayedRows(target, target.tables().bronze(), all, console.progress());
    // The last job ends by itself.
    long wanted = jobs.isLast(hub) ? Long.MAX_VALUE : jobs.recordsUpTo(hub);
    while (!job.hasEnded() && rows.refresh() < wanted) {
      if (signal.await(LOOK)) {
        return false;
      }
    }
    return true;
  }
}
