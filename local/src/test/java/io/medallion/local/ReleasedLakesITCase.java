package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lakes that releases left, with their broker and a savepoint: copies are remembered, windows are
 * open, and what was rejected then may be accepted now. They were made by {@code ./medallion local
 * --stations 5 --duplicate-ratio 0.1 --late-ratio 0.05 --parallelism 2}, with broken events, and a
 * Ctrl-C. A release that changes what a savepoint holds leaves one more.
 */
class ReleasedLakesITCase {

  private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();

  @TempDir private Path temp;

  /**
   * What a release left.
   *
   * @param events that its topic holds, read or not
   * @param options that it was made with
   */
  private record Release(String archive, long events, List<String> options) {

    /** From before there were contracts; 754 events in open windows. */
    static final Release FIRST = new Release("lake-of-first-release", 1_145, List.of());

    /** Windows of two sizes, one of them an hour; columns of every kind of state. */
    static final Release CONTRACTS =
        new Release(
            "lake-of-2026-11",
            2_031,
            List.of("--contract", RESOURCES.resolve("lake-of-2026-11.yaml").toString()));

    Path unpack(Path folder) throws IOException, InterruptedException {
      Path lake = Files.createDirectory(folder.resolve("lake"));
      Process tar =
          new ProcessBuilder("tar", "xzf", RESOURCES.resolve(archive + ".tar.gz").toString())
              .directory(lake.toFile())
              .inheritIO()
              .start();
      assertThat(tar.waitFor()).isZero();
      return lake;
    }
  }

  static Stream<Release> releases() {
    return Stream.of(Release.FIRST, Release.CONTRACTS);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void itsTablesHoldAsTheyAre(Release release) throws Exception {
    try (MedallionProcess audit = MedallionProcess.audit(temp, release.unpack(temp))) {
      assertThat(audit.awaitExit()).as(() -> audit.out() + audit.err()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void itsSavepointIsGoneOnFrom(Release release) throws Exception {
    List<String> arguments = new ArrayList<>(release.options);
    arguments.addAll(List.of("--lake", release.unpack(temp).toString(), "--events", "2000"));
    arguments.addAll(List.of("--audit", "always", "--json"));
    try (MedallionProcess run = MedallionProcess.start(temp, arguments.toArray(String[]::new))) {
      assertThat(run.awaitExit()).as(run::err).isZero();
      assertThat(run.err()).containsPattern("resume .*savepoint-");
      JsonNode summary = run.json();

      assertThat(summary.at("/tables/bronze/rows").longValue()).isEqualTo(release.events + 2_000);
      assertThat(summary.at("/audit/holds").asBoolean()).isTrue();
      assertThat(summary.at("/generator/acknowledged").longValue()).isEqualTo(2_000);
    }
  }
}
