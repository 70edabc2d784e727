package io.medallion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./medallion ...} as a person starts it, in a folder of its own. */
final class MedallionProcess implements AutoCloseable {

  /** A start takes seconds; this is for a machine that does ten other things. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** The tests' working directory is their module's folder. */
  private static final Path SCRIPT = Path.of("..", "medallion").toAbsolutePath().normalize();

  private final Process process;
  private final Path out;
  private final Path err;

  private MedallionProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static MedallionProcess start(Path folder, String... options) throws IOException {
    return start(folder, Map.of(), options);
  }

  static MedallionProcess start(Path folder, Map<String, String> environment, String... options)
      throws IOException {
    return start(folder, environment, List.of("local", "--ui-port", "0"), options);
  }

  /** Audits a lake. */
  static MedallionProcess audit(Path folder, Path lake, String... options) throws IOException {
    return start(folder, Map.of(), List.of("audit", "--lake", lake.toString()), options);
  }

  /** Any of its commands. */
  static MedallionProcess command(Path folder, String command, String... options)
      throws IOException {
    return start(folder, Map.of(), List.of(command), options);
  }

  private static MedallionProcess start(
      Path folder, Map<String, String> environment, List<String> arguments, String... options)
      throws IOException {
    // A shell may have started the tests with SIGINT ignored, which processes inherit.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", SCRIPT.toString()));
    command.addAll(arguments);
    command.addAll(List.of(options));
    Path out = Files.createTempFile(folder, "medallion", ".out");
    Path err = Files.createTempFile(folder, "medallion", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("MEDALLION_HEAP", "1g");
    builder.environment().remove("EVENTHUBS_CONNECTION_STRING");
    builder.environment().putAll(environment);
    return new MedallionProcess(builder.start(), out, err);
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Still running after " + PATIENCE + ": " + err());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** kill -9: the script is replaced by the Java process, so that this is the whole of it. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  JsonNode json() throws IOException {
    return new JsonMapper().readTree(out.toFile());
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  @Override
  public void close() {
    kill();
  }
}
