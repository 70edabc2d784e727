package io.medallion.job.preflight;

import java.io.IOException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;

/**
 * Tells a first start from the next JobManager's, which in application mode runs the program again
 * to take over the job. There a preflight would do harm: a broker that is away for half a minute
 * would end a job that only has to wait for it.
 */
public final class RecoveredJob {

  private RecoveredJob() {}

  /**
   * Whether high availability already has a job or a checkpoint of this cluster.
   *
   * @param flink the configuration of the process
   */
  public static boolean isOne(ReadableConfig flink) {
    // Application mode gives a job its id before the program runs.
    if (flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID).isEmpty()
        || !HighAvailabilityMode.isHighAvailabilityModeActivated(
            Configuration.fromMap(flink.toMap()))) {
      return false;
    }
    String storage = flink.get(HighAvailabilityOptions.HA_STORAGE_PATH);
    if (storage == null) {
      return false;
    }
    Path cluster = new Path(storage, flink.get(HighAvailabilityOptions.HA_CLUSTER_ID));
    try {
      FileSystem fileSystem = cluster.getFileSystem();
      if (!fileSystem.exists(cluster)) {
        return false;
      }
      for (FileStatus file : fileSystem.listStatus(cluster)) {
        // Jobs and checkpoints are files; the folders in it are there before any job.
        if (!file.isDir()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // The preflight says what is wrong with that folder.
      return false;
    }
  }
}
