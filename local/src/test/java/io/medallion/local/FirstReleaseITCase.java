package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake that the first release left, with its broker and a savepoint: 1,145 events, 754 of them in
 * windows that are open, 129 copies. It was made by {@code ./medallion local --rate 60 --stations 5
 * --duplicate-ratio 0.1 --late-ratio 0.05 --invalid-ratio 0.05 --parallelism 2} and a Ctrl-C.
 */
class FirstReleaseITCase {

  private static final String LAKE = "lake-of-first-release.tar.gz";

  @TempDir private Path temp;
  private Path lake;

  @BeforeEach
  void unpack() throws IOException, InterruptedException {
    lake = Files.createDirectory(temp.resolve("lake"));
    Process tar =
        new ProcessBuilder(
                "tar", "xzf", Path.of("src/test/resources", LAKE).toAbsolutePath().toString())
            .directory(lake.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
  }

  @Test
  void itsTablesHoldAsTheyAre() throws Exception {
    try (MedallionProcess audit = MedallionProcess.audit(temp, lake)) {
      assertThat(audit.awaitExit()).as(() -> audit.out() + audit.err()).isZero();
    }
  }

  @Test
  void itsSavepointIsGoneOnFrom() throws Exception {
    try (MedallionProcess run =
        MedallionProcess.start(
            temp, "--lake", lake.toString(), "--events", "2000", "--audit", "always", "--json")) {
      assertThat(run.awaitExit()).as(run::err).isZero();
      assertThat(run.err()).containsPattern("resume .*savepoint-");
      JsonNode summary = run.json();

      assertThat(summary.at("/tables/bronze/rows").longValue()).isEqualTo(1_145 + 2_000);
      assertThat(summary.at("/audit/holds").asBoolean()).isTrue();
      assertThat(summary.at("/generator/acknowledged").longValue()).isEqualTo(2_000);
    }
  }
}
