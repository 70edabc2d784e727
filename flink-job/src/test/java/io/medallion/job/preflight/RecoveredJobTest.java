package io.medallion.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveredJobTest {

  @TempDir private Path storage;
  private Path cluster;
  private final Configuration flink = new Configuration();

  @BeforeEach
  void applicationWithHighAvailability() {
    cluster = storage.resolve("weather");
    flink.set(HighAvailabilityOptions.HA_MODE, "kubernetes");
    flink.set(HighAvailabilityOptions.HA_STORAGE_PATH, storage.toUri().toString());
    flink.set(HighAvailabilityOptions.HA_CLUSTER_ID, "weather");
    flink.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, "00000000000000000000000000000000");
  }

  @Test
  void aClusterThatHasNothingYetStartsItsJobForTheFirstTime() throws IOException {
    assertThat(RecoveredJob.isOne(flink)).isFalse();
    Files.createDirectories(cluster.resolve("blob"));

    assertThat(RecoveredJob.isOne(flink)).isFalse();
  }

  @Test
  void aClusterThatHasAJobTakesItOver() throws IOException {
    haveAJob();

    assertThat(RecoveredJob.isOne(flink)).isTrue();
  }

  @Test
  void withoutHighAvailabilityNothingIsTakenOver() throws IOException {
    haveAJob();
    flink.set(HighAvailabilityOptions.HA_MODE, "NONE");

    assertThat(RecoveredJob.isOne(flink)).isFalse();
  }

  @Test
  void aClientSubmitsNewJobs() throws IOException {
    haveAJob();
    flink.removeConfig(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID);

    assertThat(RecoveredJob.isOne(flink)).isFalse();
  }

  private void haveAJob() throws IOException {
    Files.createDirectories(cluster);
    Files.writeString(cluster.resolve("completedCheckpoint5f0"), "");
  }
}
