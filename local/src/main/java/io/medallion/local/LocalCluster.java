package io.medallion.local;

import java.net.BindException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/**
 * A Flink cluster inside this JVM, with its web UI: one TaskManager with as many slots as the
 * parallelism. It outlives its job, so that the answer to a stop with savepoint is never lost in
 * the cluster's own shutdown.
 */
final class LocalCluster implements AutoCloseable {

  private final MiniCluster cluster;
  private final Configuration configuration;

  private LocalCluster(MiniCluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.configuration = configuration;
  }

  static LocalCluster start(Configuration configuration) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(CoreOptions.DEFAULT_PARALLELISM))
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      cluster.closeAsync().join();
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw Ports.busy(configuration.get(RestOptions.PORT), "--ui-port");
      }
      throw e;
    }
    return new LocalCluster(cluster, configuration);
  }

  URI webUi() throws InterruptedException, ExecutionException {
    return cluster.getRestAddress().get();
  }

  /** To define a job on, which {@link #submit} then starts. */
  StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /**
   * Starts a job.
   *
   * @param resumePoint where the job goes on; it becomes the job's own, which deletes it as soon as
   *     it has a newer one
   * @param mayLeaveState whether state that is nobody's any more may stay behind: the positions in
   *     an Event Hub that another one has taken the place of
   */
  RunningJob submit(
      StreamExecutionEnvironment environment,
      JobID jobId,
      Optional<ResumePoint> resumePoint,
      boolean mayLeaveState)
      throws InterruptedException, ExecutionException {
    resumePoint
        .flatMap(ResumePoint::stateBackend)
        .ifPresent(
            backend ->
                environment.configure(
                    new Configuration().set(StateBackendOptions.STATE_BACKEND, backend)));
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobId(jobId);
    resumePoint.ifPresent(
        point ->
            graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(
                    LakeFolder.uri(point.folder()), mayLeaveState, RecoveryClaimMode.CLAIM)));
    cluster.submitJob(graph).get();
    return new RunningJob(cluster, jobId);
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
