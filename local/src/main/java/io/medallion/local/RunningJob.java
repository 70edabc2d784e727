package io.medallion.local;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job on the cluster of this process: how it ends, by itself or by a stop with savepoint. */
final class RunningJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  /** Restarts between two tries of a stop take a few seconds; a savepoint of a local job, one. */
  private static final Duration STOP_DEADLINE = Duration.ofMinutes(2);

  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final MiniCluster cluster;
  private final JobID jobId;
  private final CompletableFuture<JobResult> result;

  RunningJob(MiniCluster cluster, JobID jobId) {
    this.cluster = cluster;
    this.jobId = jobId;
    this.result = cluster.requestJobResult(jobId);
  }

  /**
   * Returns while the job runs or restarts.
   *
   * @throws JobFailedException if it is over, which nobody asked for
   */
  void requireRunning() throws JobFailedException {
    if (result.isDone()) {
      JobResult end = result.join();
      throw end.getSerializedThrowable()
          .map(failure -> failure.deserializeError(RunningJob.class.getClassLoader()))
          .map(JobFailedException::new)
          .orElseGet(
              () -> new JobFailedException("the job was ended from outside: " + status(end)));
    }
  }

  /**
   * Whether it is over because all of its input was read.
   *
   * @throws JobFailedException if it is over for another reason
   */
  boolean hasEnded() throws JobFailedException {
    if (result.isDone() && !result.join().isSuccess()) {
      requireRunning();
    }
    return result.isDone();
  }

  private static String status(JobResult end) {
    return end.getApplicationStatus().name();
  }

  /**
   * Stops the job with a savepoint and returns where that is. All that was read before the stop is
   * committed when this returns.
   *
   * @param drain also close all windows, as at the end of the input
   * @throws JobFailedException if the job fails for good, or does not stop in two minutes
   */
  String stop(boolean drain) throws JobFailedException, InterruptedException {
    long deadline = System.nanoTime() + STOP_DEADLINE.toNanos();
    while (true) {
      requireRunning();
      try {
        String savepoint =
            cluster
                .stopWithSavepoint(jobId, null, drain, SavepointFormatType.CANONICAL)
                .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        JobResult end = result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!end.isSuccess()) {
          requireRunning();
        }
        return savepoint;
      } catch (TimeoutException e) {
        throw new JobFailedException(
            "it did not stop with a savepoint within %d min; it goes on from its last checkpoint at the next start"
                .formatted(STOP_DEADLINE.toMinutes()));
      } catch (ExecutionException e) {
        // A savepoint needs all tasks running: they may be starting or restarting just now.
        LOG.info("The job cannot be stopped yet, trying again", e);
        awaitEnd(RETRY_AFTER);
      }
    }
  }

  private void awaitEnd(Duration atMost) throws InterruptedException {
    try {
      result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("Still running", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The cluster lost the job's result", e);
    }
  }
}
