package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkSettingsTest {

  private static final Path CONF = Path.of("..", "flink-conf");

  @TempDir private Path temp;
  private LakeFolder lake;

  @BeforeEach
  void openLake() {
    lake = LakeFolder.open(temp.resolve("my lake"));
  }

  @AfterEach
  void closeLake() throws IOException {
    lake.close();
  }

  @Test
  void theShippedConfigurationIsUsed() {
    Configuration flink = load();

    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(flink.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
  }

  @Test
  void theCommandLineWins() {
    Configuration flink =
        load("--parallelism", "3", "--checkpoint-interval", "7s", "--ui-port", "0");

    assertThat(flink.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(3);
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(flink.get(RestOptions.BIND_PORT)).isEqualTo("0");
  }

  @Test
  void nothingListensOnOtherThanTheLoopbackAddress() {
    Configuration flink = load();

    assertThat(flink.get(RestOptions.BIND_ADDRESS)).isEqualTo("127.0.0.1");
    assertThat(flink.keySet()).noneMatch(key -> key.startsWith("metrics.reporter."));
  }

  @Test
  void aFolderWithABlankIsNotPercentEncoded() {
    assertThat(load().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .isEqualTo("file://" + temp.resolve("my lake/.medallion/checkpoints"));
  }

  private Configuration load(String... options) {
    return FlinkSettings.load(Options.of(options), CONF, lake);
  }
}
