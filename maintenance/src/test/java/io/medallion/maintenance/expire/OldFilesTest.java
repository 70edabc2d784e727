package io.medallion.maintenance.expire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.maintenance.lake.DataFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files with windows that end in hours after a midnight; what ended up to hour 10 is old. */
class OldFilesTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void onlyFilesWhoseWindowsAreAllOldGo() {
    assertThat(old(file("a", 1, 3), file("b", 10, 10), file("c", 11, 12)))
        .containsExactly("b", "a");
  }

  @Test
  void aFileThatSharesWindowsWithOneThatStaysStaysAndSoOnDownTheChain() {
    assertThat(old(file("b", 5, 9), file("a", 1, 4), file("d", 9, 11), file("c", 3, 5))).isEmpty();
    assertThat(old(file("b", 5, 9), file("a", 1, 4), file("d", 9, 11), file("c", 4, 4)))
        .containsExactly("a", "c");
  }

  @Test
  void beforeAFileOfWhichNothingIsKnownNothingGoes() {
    assertThat(old(file("a", 1, 3), new DataFile(null, "b", Map.of(), JSON.createObjectNode())))
        .isEmpty();
  }

  @Test
  void inWhateverOrderTheFilesAreNoWindowIsTornAndNoneIsKeptForNothing() {
    Random random = new Random(1);
    for (int run = 0; run < 500; run++) {
      List<DataFile> kept = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        int first = random.nextInt(13);
        kept.add(file("f" + i, first, first + random.nextInt(3)));
      }
      List<DataFile> old = OldFiles.ofWholeWindows(kept, hour(10));
      kept.removeAll(old);

      Instant last = old.stream().map(OldFilesTest::last).max(Instant::compareTo).orElse(MIDNIGHT);
      assertThat(kept).allMatch(file -> first(file).isAfter(last) || old.isEmpty());
      // Of those that stay, no lower part could go as a whole.
      for (DataFile file : kept) {
        Instant lower = last(file);
        assertThat(
                lower.isAfter(hour(10))
                    || kept.stream()
                        .anyMatch(
                            other -> last(other).isAfter(lower) && !first(other).isAfter(lower)))
            .as("run %d: %s", run, kept)
            .isTrue();
      }
    }
  }

  private static List<String> old(DataFile... files) {
    return OldFiles.ofWholeWindows(List.of(files), hour(10)).stream().map(DataFile::path).toList();
  }

  private static DataFile file(String path, int firstHour, int lastHour) {
    ObjectNode statistics = JSON.createObjectNode();
    statistics.withObject("/minValues").put("windowEnd", hour(firstHour).toString());
    statistics.withObject("/maxValues").put("windowEnd", hour(lastHour).toString());
    return new DataFile(null, path, Map.of(), statistics);
  }

  private static Instant hour(int hour) {
    return MIDNIGHT.plus(Duration.ofHours(hour));
  }

  private static Instant first(DataFile file) {
    return file.min("windowEnd").orElseThrow();
  }

  private static Instant last(DataFile file) {
    return file.max("windowEnd").orElseThrow();
  }
}
