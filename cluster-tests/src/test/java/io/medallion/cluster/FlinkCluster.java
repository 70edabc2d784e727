package io.medallion.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A standalone Flink session cluster: one JobManager and any number of TaskManagers of two slots
 * each, as processes on the loopback address, with the shipped configuration.
 */
final class FlinkCluster {

  static final int SLOTS = 2;

  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final Workspace workspace;
  private final FlinkConf conf;
  private final RestClient rest;
  private final List<JavaProcess> taskManagers = new ArrayList<>();
  private JavaProcess jobManager;

  private FlinkCluster(Workspace workspace, FlinkConf conf) {
    this.workspace = workspace;
    this.conf = conf;
    this.rest = new RestClient(conf.restPort());
  }

  /**
   * Prepares a cluster; nothing is started yet.
   *
   * @param settings what this test needs besides ports, folders and small processes
   */
  static FlinkCluster in(Workspace workspace, Map<String, String> settings) throws IOException {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("jobmanager.rpc.address", Ports.LOOPBACK);
    overrides.put("jobmanager.rpc.port", Integer.toString(Ports.free()));
    overrides.put("jobmanager.bind-host", Ports.LOOPBACK);
    overrides.put("rest.address", Ports.LOOPBACK);
    overrides.put("rest.bind-address", Ports.LOOPBACK);
    overrides.put("rest.port", Integer.toString(Ports.free()));
    overrides.put("taskmanager.host", Ports.LOOPBACK);
    overrides.put("taskmanager.bind-host", Ports.LOOPBACK);
    overrides.put("io.tmp.dirs", workspace.folder("tmp").toString());
    overrides.put(
        "execution.checkpointing.dir", workspace.folder("checkpoints").toUri().toString());
    overrides.put(
        "execution.checkpointing.savepoint-dir", workspace.folder("savepoints").toUri().toString());
    overrides.put("execution.checkpointing.interval", "2 s");
    // A process on a busy test machine is given up after Flink's 10 s for its start.
    overrides.put("pekko.startup-timeout", "2 min");
    overrides.put("jobmanager.memory.process.size", "900m");
    overrides.put("taskmanager.memory.process.size", "1200m");
    overrides.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
    overrides.putAll(settings);
    return new FlinkCluster(workspace, FlinkConf.write(workspace.folder("conf"), overrides));
  }

  /** Starts the processes; {@link #awaitTaskManagers} waits for them. */
  void start(int taskManagers) throws IOException {
    startJobManager();
    for (int i = 0; i < taskManagers; i++) {
      startTaskManager();
    }
  }

  void awaitTaskManagers(int count) {
    Wait.until(count + " TaskManagers registered", workspace, () -> rest.taskManagers() >= count);
  }

  /** Starts what is dead again, as Kubernetes would: the JobManager, and TaskManagers. */
  void replaceDead(int taskManagersWanted) throws IOException {
    if (!jobManager.isAlive()) {
      startJobManager();
    }
    while (taskManagers().size() < taskManagersWanted) {
      startTaskManager();
    }
  }

  void startJobManager() throws IOException {
    jobManager =
        server(JOB_MANAGER, conf.jobManagerJvmOptions(), conf.jobManagerArguments())
            .start(workspace, "jobmanager");
  }

  private void startTaskManager() throws IOException {
    taskManagers.add(
        server(TASK_MANAGER, conf.taskManagerJvmOptions(), conf.taskManagerArguments())
            .start(workspace, "taskmanager"));
  }

  private JavaProcess.Builder server(
      String mainClass, List<String> memoryOptions, List<String> memoryArguments) {
    JavaProcess.Builder server =
        JavaProcess.of(mainClass)
            .classPath(BuildFolders.flinkClassPath())
            .jvm(memoryOptions)
            .jvm(conf.jvmOptions())
            .jvm(conf.serverLogging())
            .arguments("--configDir", conf.folder().toString());
    if (mainClass.equals(JOB_MANAGER)) {
      server.arguments("--executionMode", "cluster");
    }
    return server.arguments(memoryArguments);
  }

  JavaProcess jobManager() {
    return jobManager;
  }

  /** Those that were not killed, paused ones included. */
  List<JavaProcess> taskManagers() {
    return taskManagers.stream().filter(JavaProcess::isAlive).toList();
  }

  RestClient rest() {
    return rest;
  }

  FlinkCli cli(Map<String, String> environment) {
    return new FlinkCli(workspace, conf, environment);
  }
}
