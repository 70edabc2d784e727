package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.CommandLineRunner;
import io.medallion.cli.WrongUse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

class DashboardCommandTest {

  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void helpIsPrinted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(
            CommandLineRunner.execute(
                new DashboardCommand(), new PrintStream(out), System.err, "--help"))
        .isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--lake", "--token-file", "MEDALLION_DASHBOARD_TOKEN");
  }

  @Test
  void otherMachinesAreOnlyLetInWithAToken() {
    assertThatThrownBy(() -> start(Map.of(), "--host", "0.0.0.0"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("--host 0.0.0.0")
        .hasMessageContaining("--token-file");
  }

  @Test
  void theTokenComesFromAFileOrTheEnvironment() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");

    start(Map.of(), "--host", "0.0.0.0", "--token-file", file.toString()).close();
    start(Map.of(Token.VARIABLE, TOKEN), "--host", "0.0.0.0").close();
  }

  @Test
  void aShortTokenIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> start(Map.of(Token.VARIABLE, "swordfish")))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining(Token.VARIABLE)
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void aTokenFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> start(Map.of(), "--token-file", "/no/such/file"))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void aBusyPortIsNamedWithItsOption() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThatThrownBy(() -> start(Map.of(), "--port", port))
          .isInstanceOf(WrongUse.class)
          .hasMessageContaining(port)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void wrongValuesAreRefused() {
    assertThatThrownBy(() -> start(Map.of(), "--port", "70000")).isInstanceOf(WrongUse.class);
    assertThatThrownBy(() -> start(Map.of(), "--refresh", "1ms")).isInstanceOf(WrongUse.class);
    assertThatThrownBy(() -> start(Map.of(), "--refresh", "soon"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'soon' is not a length of time");
  }

  private Dashboard start(Map<String, String> environment, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--lake", folder.toString()));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    return DashboardCommand.start(
        CommandLineRunner.parse(new DashboardCommand(), arguments.toArray(String[]::new)),
        environment);
  }
}
