package io.medallion.maintenance.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ToolTest {

  @Command
  static final class None {}

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void anErrorThatNobodyThoughtOfSaysWhereItCameFrom() {
    int exitCode =
        execute(
            (options, out, errors) -> {
              throw new IllegalStateException("a defect");
            });

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("medallion tool: java.lang.IllegalStateException: a defect")
        .contains("\tat io.medallion.maintenance.cli.ToolTest");
  }

  @Test
  void whatStorageRefusesIsToldInALine() {
    int exitCode =
        execute(
            (options, out, errors) -> {
              throw new IOException("no", new IOException("permission"));
            });

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            "medallion tool: java.io.IOException: no; because of java.io.IOException: permission\n");
  }

  private int execute(Tool.Action<None> action) {
    PrintStream errors = new PrintStream(err, true, UTF_8);
    return Tool.execute("tool", None.class, action, new String[0], errors, errors);
  }
}
