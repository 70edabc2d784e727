package io.medallion.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Console;
import io.medallion.contract.ContractReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, UTF_8);

  @Test
  void everyLayerAndTheAgeOfTheLastCommitAreShown() {
    new LiveLine(new Console(out, out, out), 0)
        .show(Duration.ofSeconds(3), 1_000, rows(900), Optional.of(Duration.ofMillis(1_250)));

    assertThat(written.toString(UTF_8))
        .contains("3s")
        .contains("sent 1,000")
        .contains("bronze 900")
        .contains("silver 880")
        .contains("quarantine 20")
        .contains("late 5")
        .contains("gold 12")
        .contains("commit 1.3 s ago");
  }

  @Test
  void onATerminalTheLineIsRewrittenInPlace() {
    LiveLine line = new LiveLine(new Console(out, out, out), 80);

    line.show(Duration.ofSeconds(1), 1, rows(1), Optional.empty());
    line.show(Duration.ofSeconds(2), 2, rows(2), Optional.empty());
    line.message("done");

    String text = written.toString(UTF_8);
    assertThat(text.split("\n", -1)).as("lines and the empty rest").hasSize(3);
    assertThat(text.substring(text.lastIndexOf('\r') + 1).indexOf('\u001b')).isLessThan(80);
    assertThat(text).contains("\r   1s", "\r   2s").endsWith("done" + System.lineSeparator());
  }

  @Test
  void elsewhereThereIsALineEveryFiveSeconds() {
    LiveLine line = new LiveLine(new Console(out, out, out), 0);

    for (int second = 0; second <= 10; second++) {
      line.show(Duration.ofSeconds(second), second, rows(second), Optional.empty());
    }

    assertThat(written.toString(UTF_8).lines()).hasSize(3);
  }

  private static TableRows rows(long bronze) {
    Map<String, Long> rows = new LinkedHashMap<>();
    LakeProgress.tables(ContractReader.standard()).forEach(table -> rows.put(table, 6L));
    rows.put("bronze", bronze);
    rows.put("silver", bronze - 20);
    rows.put("quarantine", 20L);
    rows.put("late", 5L);
    return new TableRows(rows);
  }
}
