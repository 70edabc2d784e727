package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeMarkerTest {

  @TempDir private Path temp;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    LakeMarker marker = LakeMarker.create("127.0.0.1:9093", "weather", "weather", 42);

    marker.write(temp.resolve("lake.json"));

    assertThat(LakeMarker.read(temp.resolve("lake.json"))).contains(marker);
  }

  @Test
  void everyGenerationHasItsOwnFirstOffset() throws IOException {
    LakeMarker marker =
        LakeMarker.create("127.0.0.1:9093", "weather", "weather", 42).with(2, 0).with(3, 1_000);

    marker.write(temp.resolve("lake.json"));

    LakeMarker read = LakeMarker.read(temp.resolve("lake.json")).orElseThrow();
    assertThat(read).isEqualTo(marker);
    assertThat(read.firstOffset(1)).isEqualTo(42);
    assertThat(read.firstOffset(2)).isZero();
    assertThat(read.firstOffset(3)).isEqualTo(1_000);
    assertThat(read.knows(1)).isTrue();
    assertThat(read.knows(3)).isTrue();
    assertThat(read.knows(4)).isFalse();
  }

  @Test
  void theFormOfTheFirstReleaseIsReadAndAsLongAsItWillDoWritten() throws IOException {
    Path file = temp.resolve("lake.json");
    String ofFirstRelease =
        """
        {
          "format" : 1,
          "id" : "0123456789abcdef0123456789abcdef",
          "broker" : "embedded",
          "topic" : "weather",
          "firstOffset" : 7
        }""";
    Files.writeString(file, ofFirstRelease);

    LakeMarker marker = LakeMarker.read(file).orElseThrow();
    assertThat(marker.firstOffset(1)).isEqualTo(7);
    assertThat(marker.knows(2)).isFalse();

    marker.write(file);
    assertThat(file).hasContent(ofFirstRelease);
  }

  @Test
  void theIdIsAFlinkJobId() {
    assertThat(LakeMarker.create("127.0.0.1:9093", "weather", "weather", 0).id())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void aLakeIsFilledFromOneTopicOnly() {
    LakeMarker marker = LakeMarker.create(LakeMarker.EMBEDDED, "weather", "weather", 0);

    assertThatCode(() -> marker.requireSource(LakeMarker.EMBEDDED, "weather"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> marker.requireSource("other:9093", "storms"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("'weather' of its own broker")
        .hasMessageContaining("'storms' of other:9093");
  }

  @Test
  void aLakeStaysWithItsContract() throws IOException {
    Path file = temp.resolve("lake.json");
    LakeMarker.create(LakeMarker.EMBEDDED, "telemetry", "telemetry", 0).write(file);
    LakeMarker telemetry = LakeMarker.read(file).orElseThrow();
    LakeMarker weather = LakeMarker.create(LakeMarker.EMBEDDED, "weather", "weather", 0);

    assertThatCode(() -> telemetry.requireContract("telemetry")).doesNotThrowAnyException();
    assertThatCode(() -> weather.requireContract("weather")).doesNotThrowAnyException();
    assertThatThrownBy(() -> telemetry.requireContract("weather"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("contract 'telemetry', not 'weather'");
    assertThatThrownBy(() -> weather.requireContract("telemetry"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("contract 'weather', not 'telemetry'");
  }

  @Test
  void aMarkerOfAnotherFormatIsRefused() throws IOException {
    Path file = temp.resolve("lake.json");
    new LakeMarker(99, "0", LakeMarker.EMBEDDED, "weather", 0, null, Map.of()).write(file);

    assertThatThrownBy(() -> LakeMarker.read(file))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("format 99");
  }

  @Test
  void aFileThatIsNoMarkerIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("lake.json"), "hello");

    assertThatThrownBy(() -> LakeMarker.read(file))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining(file.toString());
  }
}
