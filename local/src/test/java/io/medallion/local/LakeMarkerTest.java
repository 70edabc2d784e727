package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeMarkerTest {

  @TempDir private Path temp;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    LakeMarker marker = LakeMarker.create("127.0.0.1:9093", "weather", 42);

    marker.write(temp.resolve("lake.json"));

    assertThat(LakeMarker.read(temp.resolve("lake.json"))).contains(marker);
  }

  @Test
  void theIdIsAFlinkJobId() {
    assertThat(LakeMarker.create("127.0.0.1:9093", "weather", 0).id()).matches("[0-9a-f]{32}");
  }

  @Test
  void aLakeIsFilledFromOneTopicOnly() {
    LakeMarker marker = LakeMarker.create(LakeMarker.EMBEDDED, "weather", 0);

    assertThatCode(() -> marker.requireSource(LakeMarker.EMBEDDED, "weather"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> marker.requireSource("other:9093", "storms"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'weather' of its own broker")
        .hasMessageContaining("'storms' of other:9093");
  }

  @Test
  void aMarkerOfAnotherFormatIsRefused() throws IOException {
    Path file = temp.resolve("lake.json");
    new LakeMarker(99, "0", LakeMarker.EMBEDDED, "weather", 0).write(file);

    assertThatThrownBy(() -> LakeMarker.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("format 99");
  }

  @Test
  void aFileThatIsNoMarkerIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("lake.json"), "hello");

    assertThatThrownBy(() -> LakeMarker.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
  }
}
