package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFolderTest {

  @TempDir private Path temp;

  @Test
  void aMissingFolderIsMadeWithItsParents() throws IOException {
    Path folder = temp.resolve("some where/lake");

    try (LakeFolder lake = LakeFolder.open(folder)) {
      assertThat(lake.root()).isEqualTo(folder);
      assertThat(lake.broker()).isDirectory();
      assertThat(lake.checkpoints()).isDirectory();
      assertThat(lake.savepoints()).isDirectory();
    }
  }

  @Test
  void aFolderOfSomebodyElseIsLeftUntouched() throws IOException {
    Path photo = Files.writeString(temp.resolve("photo.jpg"), "mine");

    assertThatThrownBy(() -> LakeFolder.open(temp))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining(temp.toString())
        .hasMessageContaining("not a lake")
        .hasMessageContaining("--lake");
    try (var entries = Files.list(temp)) {
      assertThat(entries).containsExactly(photo);
    }
  }

  @Test
  void aLakeIsOpenedAgainWithItsTables() throws IOException {
    try (LakeFolder lake = LakeFolder.open(temp)) {
      LakeMarker.create(LakeMarker.EMBEDDED, "weather", "weather", 0).write(lake.marker());
      Files.createDirectories(temp.resolve("bronze"));
    }

    try (LakeFolder lake = LakeFolder.open(temp)) {
      assertThat(LakeMarker.read(lake.marker())).isPresent();
    }
  }

  @Test
  void aLakeThatWasLeftBeforeItsMarkerWasWrittenIsTakenOver() throws IOException {
    LakeFolder.open(temp).close();

    try (LakeFolder lake = LakeFolder.open(temp)) {
      assertThat(LakeMarker.read(lake.marker())).isEmpty();
    }
  }

  @Test
  void oneProcessAtATimeWorksOnALake() throws IOException {
    try (LakeFolder first = LakeFolder.open(temp)) {
      assertThat(first.root()).isEqualTo(temp);
      assertThatThrownBy(() -> LakeFolder.open(temp))
          .isInstanceOf(WrongUse.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    LakeFolder.open(temp).close();
  }

  @Test
  void aFileIsNotALake() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> LakeFolder.open(file))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void aFolderThatCannotBeMadeIsOneClearLine() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> LakeFolder.open(file.resolve("lake")))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("Cannot write to " + file.resolve("lake"))
        .hasMessageContaining("--lake");
  }

  @Test
  void whatAKilledRunLeftInTheTemporaryFolderIsDeleted() throws IOException {
    Path left;
    try (LakeFolder lake = LakeFolder.open(temp)) {
      left =
          Files.writeString(Files.createDirectories(lake.temp().resolve("flink")).resolve("x"), "");
    }

    LakeFolder.open(temp).close();

    assertThat(left).doesNotExist();
  }
}
