package io.medallion.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java program in a process of its own, with its output and log in the workspace's logs: {@code
 * NAME.out}, {@code NAME.err} and, through the system property {@code log.file}, {@code NAME.log}.
 */
final class JavaProcess {

  private static final int TAIL_LINES = 25;

  private final String name;
  private final Path logs;
  private final Process process;

  private JavaProcess(String name, Path logs, Process process) {
    this.name = name;
    this.logs = logs;
    this.process = process;
  }

  static Builder of(String mainClass) {
    return new Builder(mainClass);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9. Returns when the process is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks the process to end, and waits for it. */
  void terminate(Duration limit) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " goes on after SIGTERM" + tails());
    }
  }

  /** SIGSTOP: the process stands still and doesn't know. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT: it goes on. Nothing happens to one that was not paused, or is dead. */
  void resume() {
    if (isAlive()) {
      signal("CONT");
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(name + " did not end within " + limit + tails());
    }
    return process.exitValue();
  }

  String out() {
    return read("out");
  }

  String err() {
    return read("err");
  }

  private String read(String kind) {
    Path file = file(kind);
    try {
      // What a process says of itself may end in the middle of a character when it was killed.
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** The ends of output and log. */
  String tails() {
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("out", "err", "log")) {
      List<String> lines = read(kind).lines().toList();
      if (!lines.isEmpty()) {
        text.append("---- ").append(file(kind).getFileName()).append('\n');
        lines.stream()
            .skip(Math.max(0, lines.size() - TAIL_LINES))
            .forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  private Path file(String kind) {
    return logs.resolve(name + "." + kind);
  }

  /** What a process needs to start. */
  static final class Builder {

    private final String mainClass;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    private Builder(String mainClass) {
      this.mainClass = mainClass;
    }

    /** The tests' own class path if this is not called. */
    Builder classPath(String value) {
      classPath = value;
      return this;
    }

    Builder jvm(List<String> values) {
      jvmArguments.addAll(values);
      return this;
    }

    Builder jvm(String... values) {
      return jvm(List.of(values));
    }

    Builder arguments(List<String> values) {
      arguments.addAll(values);
      return this;
    }

    Builder arguments(String... values) {
      return arguments(List.of(values));
    }

    Builder environment(Map<String, String> values) {
      environment.putAll(values);
      return this;
    }

    /** Starts the process; a number is added to the name of its files. */
    JavaProcess start(Workspace workspace, String prefix) throws IOException {
      String name = "%02d-%s".formatted(workspace.started() + 1, prefix);
      Path logs = workspace.logs();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // These processes live for a minute or two: a quick start counts.
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.add("-Dlog.file=" + logs.resolve(name + ".log"));
      command.addAll(jvmArguments);
      // Not as an argument: it is long, and 'ps' is read by people.
      environment.put("CLASSPATH", classPath);
      environment.put(Workspace.MARK, workspace.id());
      command.add(mainClass);
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workspace.folder().toFile())
              .redirectOutput(logs.resolve(name + ".out").toFile())
              .redirectError(logs.resolve(name + ".err").toFile());
      Stream.of("JAVA_TOOL_OPTIONS", "EVENTHUBS_CONNECTION_STRING")
          .forEach(builder.environment()::remove);
      builder.environment().putAll(environment);
      JavaProcess process = new JavaProcess(name, logs, builder.start());
      workspace.register(process);
      return process;
    }
  }
}
