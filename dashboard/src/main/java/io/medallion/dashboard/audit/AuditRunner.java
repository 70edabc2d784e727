package io.medallion.dashboard.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.MedallionMain;
import io.medallion.maintenance.lake.LakeAccess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the audit when somebody asks for it: one at a time, and not more often than once in {@value
 * #PAUSE_SECONDS} seconds.
 *
 * <p>In a process of its own, with a heap of its own: an audit reads the whole lake, and what
 * serves the page, or runs the job, is not to suffer from it.
 */
public final class AuditRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRunner.class);
  private static final JsonMapper JSON = new JsonMapper();

  static final int PAUSE_SECONDS = 15;
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final String HEAP = "-Xmx768m";
  private static final int MOST_ERROR_CHARACTERS = 2_000;

  private final LakeAccess lake;
  private final Clock clock = Clock.systemUTC();
  private Run run = new Run(Phase.NONE, Optional.empty(), Optional.empty(), "", null);
  private Process process;
  private boolean closed;

  /** Where the last audit stands. */
  public enum Phase {
    NONE,
    RUNNING,
    /** With a report, which says whether the checks hold. */
    DONE,
    FAILED
  }

  /**
   * The last audit.
   *
   * @param problem why it failed
   * @param report as {@code medallion audit --json} prints it; null unless done
   */
  public record Run(
      Phase phase,
      Optional<Instant> started,
      Optional<Instant> ended,
      String problem,
      JsonNode report) {}

  public AuditRunner(LakeAccess lake) {
    this.lake = lake;
  }

  public synchronized Run last() {
    return run;
  }

  /**
   * Starts an audit.
   *
   * @return for how long not to ask again; zero if it was started
   */
  public synchronized Duration start() {
    Instant now = clock.instant();
    if (run.phase() == Phase.RUNNING) {
      return Duration.ofSeconds(1);
    }
    Duration left =
        run.ended()
            .map(end -> Duration.between(now, end.plusSeconds(PAUSE_SECONDS)))
            .orElse(Duration.ZERO);
    if (!left.isNegative() && !left.isZero()) {
      return left;
    }
    run = new Run(Phase.RUNNING, Optional.of(now), Optional.empty(), "", null);
    Thread thread = new Thread(this::audit, "dashboard-audit");
    thread.setDaemon(true);
    thread.start();
    return Duration.ZERO;
  }

  private void audit() {
    try {
      Path out = Files.createTempFile("medallion-audit", ".json");
      Path err = Files.createTempFile("medallion-audit", ".err");
      try {
        int exitCode = execute(out, err);
        finish(result(exitCode, Files.readString(out), Files.readString(err)));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException | InterruptedException e) {
      LOG.warn("The audit did not run", e);
      finish(failed("The audit could not be started: " + e.getMessage()));
    }
  }

  private int execute(Path out, Path err) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command()).redirectOutput(out.toFile()).redirectError(err.toFile());
    Process started;
    synchronized (this) {
      if (closed) {
        throw new InterruptedException("closed");
      }
      started = builder.start();
      process = started;
    }
    if (!started.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      started.destroyForcibly();
      throw new IOException("it took longer than " + LONGEST.toMinutes() + " minutes");
    }
    return started.exitValue();
  }

  /** The JVM of this process, with its class path and what it opens of the JDK's modules. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MedallionMain.class.getName(), "audit", "--json"));
    command.addAll(lake.options());
    return command;
  }

  private Run result(int exitCode, String out, String err) {
    try {
      JsonNode report = JSON.readTree(out);
      if (report.path("checks").isArray()) {
        return new Run(Phase.DONE, started(), Optional.of(clock.instant()), "", report);
      }
    } catch (JsonProcessingException notAReport) {
      LOG.debug("The audit printed no report", notAReport);
    }
    String text = err.strip();
    return failed(
        text.isEmpty()
            ? "The audit ended with exit code " + exitCode + "."
            : text.substring(0, Math.min(text.length(), MOST_ERROR_CHARACTERS)));
  }

  private Run failed(String problem) {
    return new Run(Phase.FAILED, started(), Optional.of(clock.instant()), problem, null);
  }

  private synchronized Optional<Instant> started() {
    return run.started();
  }

  private synchronized void finish(Run result) {
    run = result;
    process = null;
  }

  /** Ends an audit that runs. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.destroy();
    }
  }
}
