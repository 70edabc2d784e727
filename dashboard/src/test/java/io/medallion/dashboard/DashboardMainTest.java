package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class DashboardMainTest {

  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void helpIsPrinted() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(DashboardMain.parse(new String[] {"--help"}, new PrintStream(out))).isEmpty();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--lake", "--token-file", "MEDALLION_DASHBOARD_TOKEN");
  }

  @Test
  void otherMachinesAreOnlyLetInWithAToken() {
    assertThatThrownBy(() -> start(Map.of(), "--host", "0.0.0.0"))
        .isInstanceOf(UsageError.class)
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
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(Token.VARIABLE)
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void aTokenFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> start(Map.of(), "--token-file", "/no/such/file"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void aBusyPortIsNamedWithItsOption() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThatThrownBy(() -> start(Map.of(), "--port", port))
          .isInstanceOf(UsageError.class)
          .hasMessageContaining(port)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void wrongValuesAreRefused() {
    assertThatThrownBy(() -> start(Map.of(), "--port", "70000")).isInstanceOf(UsageError.class);
    assertThatThrownBy(() -> start(Map.of(), "--refresh", "1ms")).isInstanceOf(UsageError.class);
    assertThatThrownBy(() -> start(Map.of(), "--refresh", "soon"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'soon' is not a duration");
  }

  private Dashboard start(Map<String, String> environment, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--lake", folder.toString()));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    return DashboardMain.start(
        DashboardMain.parse(arguments.toArray(new String[0]), System.out).orElseThrow(),
        environment);
  }
}
