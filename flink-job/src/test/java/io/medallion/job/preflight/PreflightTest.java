package io.medallion.job.preflight;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.job.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  @TempDir Path folder;

  @Test
  void allThatFailsIsToldAtOnceALineEach() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Configuration flink =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "nosuch://state/checkpoints")
            .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder.toUri().toString());

    assertThatThrownBy(() -> Preflight.check(config(Map.of("lake.path", file.toString())), flink))
        .isInstanceOf(PreflightException.class)
        .message()
        .hasLineCount(3)
        .contains("127.0.0.1:1", "the lake " + file, "lake.path")
        .contains("execution.checkpointing.dir", "hadoop-azure");
  }

  @Test
  void itCanBeSwitchedOff() {
    assertThatCode(() -> Preflight.check(config(Map.of("preflight", "false")), new Configuration()))
        .doesNotThrowAnyException();
  }

  private JobConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("lake.path", folder.toString());
    all.put("source.topic", "weather");
    all.put("source.bootstrap.servers", "127.0.0.1:1");
    all.put("preflight.deadline", "2 s");
    all.putAll(settings);
    return JobConfig.of(all);
  }
}
