package io.medallion.cluster;

import io.medallion.cluster.ChaosSchedule.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Lets a schedule happen to a pipeline. What is killed is started again at once, as Kubernetes
 * would do; nobody helps the job itself. Every step is a line with its time in {@code
 * logs/chaos.txt}.
 */
final class ChaosRun {

  /** Of two slots each: with one paused, the largest parallelism still fits. */
  static final int TASK_MANAGERS = 3;

  /** Flink's job states from which it does not come back. */
  private static final Set<String> ENDED = Set.of("FAILED", "FINISHED", "CANCELED");

  private final WeatherPipeline pipeline;
  private final WeatherJob job;
  private final LakeVolume volume;
  private final Path log;
  private final long start = System.nanoTime();
  private final Set<JavaProcess> paused = new HashSet<>();

  ChaosRun(WeatherPipeline pipeline, WeatherJob job, LakeVolume volume) {
    this.pipeline = pipeline;
    this.job = job;
    this.volume = volume;
    this.log = pipeline.workspace().logs().resolve("chaos.txt");
  }

  /** Lets all steps happen; takes as much longer than the schedule as stops and starts take. */
  void run(List<Step> steps) throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (Step step : steps) {
      awaitTurn(began + step.at().toNanos());
      note(step.toString());
      long turn = System.nanoTime();
      perform(step);
      // What comes after a step that took long keeps its distance.
      began += System.nanoTime() - turn;
    }
  }

  /** The schedule's time, not a wait for something. */
  private static void awaitTurn(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void perform(Step step) throws IOException, InterruptedException {
    switch (step.fault()) {
      case KILL_TASK_MANAGER -> killTaskManager(step.choice());
      case KILL_JOB_MANAGER -> killJobManager();
      case PAUSE_TASK_MANAGER -> {
        if (step.ends()) {
          resumeTaskManagers();
        } else {
          pauseTaskManager(step.choice());
        }
      }
      case STOP_BROKER -> {
        if (step.ends()) {
          pipeline.broker().startAgain();
        } else {
          pipeline.broker().kill();
        }
      }
      case FILL_LAKE -> {
        if (step.ends()) {
          volume.free();
        } else {
          volume.fill();
        }
      }
      case LOCK_LAKE -> {
        if (step.ends()) {
          volume.unlock();
        } else {
          volume.lock();
        }
      }
      case RESCALE -> rescale(1 + step.choice() % BrokerServer.PARTITIONS);
    }
  }

  private void killTaskManager(int choice) throws IOException {
    List<JavaProcess> alive = pipeline.cluster().taskManagers();
    JavaProcess victim = alive.get(choice % alive.size());
    note("kill -9 " + victim.name());
    victim.kill();
    replaceDead();
  }

  private void killJobManager() throws IOException {
    note("kill -9 " + pipeline.cluster().jobManager().name());
    pipeline.cluster().jobManager().kill();
    replaceDead();
  }

  private void replaceDead() throws IOException {
    pipeline.cluster().replaceDead(TASK_MANAGERS);
  }

  private void pauseTaskManager(int choice) {
    List<JavaProcess> alive = pipeline.cluster().taskManagers();
    JavaProcess victim = alive.get(choice % alive.size());
    note("SIGSTOP " + victim.name());
    victim.pause();
    paused.add(victim);
  }

  private void resumeTaskManagers() {
    for (JavaProcess zombie : paused) {
      note("SIGCONT " + zombie.name() + (zombie.isAlive() ? "" : ", which is dead by now"));
      zombie.resume();
    }
    paused.clear();
  }

  /** A stop can fail while the job recovers from an earlier fault: it is tried again then. */
  private void rescale(int parallelism) throws IOException, InterruptedException {
    String savepoint = stop(job::stop);
    job.startFrom(savepoint, parallelism);
    note("job " + job.id() + " at parallelism " + parallelism + " from " + savepoint);
  }

  /** Waits until bronze has that many rows. */
  void awaitBronze(long rows) {
    Wait.until(
        rows + " rows in bronze",
        pipeline.workspace(),
        () -> {
          replaceDead();
          return job.lake().bronzeRows() >= rows;
        });
  }

  /** Stops the job for good, with all windows closed. */
  void drain() throws IOException, InterruptedException {
    stop(job::drain);
  }

  private String stop(StopCommand command) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Wait.PATIENCE.toNanos();
    while (true) {
      awaitCheckpoint();
      try {
        return command.stop();
      } catch (FlinkCommandException e) {
        note("the stop failed: " + e.getMessage().lines().limit(3).toList());
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Optional<String> savepoint = savepointOfStoppedJob();
        if (savepoint.isPresent()) {
          return savepoint.get();
        }
      }
    }
  }

  /** One of the two ways to stop a job; returns the savepoint's path. */
  private interface StopCommand {
    String stop() throws IOException, InterruptedException;
  }

  /** The job may have stopped although the command did not learn of it. */
  private Optional<String> savepointOfStoppedJob() throws IOException {
    if (!pipeline.cluster().rest().state(job.id()).equals("FINISHED")) {
      return Optional.empty();
    }
    String prefix = "savepoint-" + job.id().substring(0, 6);
    try (Stream<Path> savepoints = Files.list(pipeline.workspace().folder("savepoints"))) {
      return savepoints
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .map(path -> path.toUri().toString())
          .findFirst();
    }
  }

  /** Waits until the job runs and completes a checkpoint. */
  private void awaitCheckpoint() {
    RestClient rest = pipeline.cluster().rest();
    long[] before = {-2};
    Wait.until(
        "job " + job.id() + " runs and completes a checkpoint",
        pipeline.workspace(),
        () -> {
          replaceDead();
          String state = rest.state(job.id());
          if (ENDED.contains(state)) {
            throw new AssertionError("The job is " + state + ": " + rest.exceptions(job.id()));
          }
          long last = rest.lastCheckpoint(job.id());
          if (before[0] == -2) {
            before[0] = last;
          }
          return rest.isRunning(job.id()) && last > before[0];
        });
  }

  /** Notes a line with the time since the run began. */
  void note(String text) {
    String line =
        "%7.1f s  %s%n"
            .formatted(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3, text);
    System.out.print(line);
    try {
      Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
