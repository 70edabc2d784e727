package io.medallion.azure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;

/**
 * Microsoft's storage emulator in a process of its own: the blob endpoint of an account with a flat
 * namespace, on the loopback address. It can be stopped and started again with what it holds.
 */
final class Azurite implements AutoCloseable {

  private static final Path PROGRAM = Path.of("node_modules/azurite/dist/src/blob/main.js");
  private static final String HOST = "devstoreaccount1.dfs.core.windows.net";

  /** Published with the emulator; opens nothing else. */
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private Process process;

  private Azurite(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts it, or skips the test and says why. */
  static Azurite start(Path folder) throws IOException {
    Assumptions.assumeTrue(
        Files.exists(PROGRAM), "Azurite is not there: run 'npm ci' in azure-tests (needs Node 18)");
    Azurite azurite = new Azurite(folder, freePort());
    azurite.start();
    return azurite;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Returns when it takes connections. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                "node",
                PROGRAM.toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--location",
                folder.toString(),
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("azurite.out").toFile())
            .start();
    await().atMost(PATIENCE).until(this::listens);
  }

  /** Returns when the process has ended. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    stop();
  }

  /** {@code abfs://CONTAINER@...}, without a slash at its end. */
  static String uri(String container) {
    return "abfs://" + container + "@" + HOST;
  }

  /** Hadoop's settings; containers are created when they are first used. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.azure.account.auth.type", "SharedKey");
    settings.put("fs.azure.account.key." + HOST, KEY);
    settings.put("fs.azure.account.hns.enabled", "false");
    settings.put("fs.azure.fns.account.service.type", "BLOB");
    settings.put("fs.azure.abfs.endpoint", "127.0.0.1:" + port);
    settings.put("fs.azure.always.use.https", "false");
    settings.put("fs.azure.createRemoteFileSystemDuringInitialization", "true");
    return settings;
  }

  Map<String, String> settings(String changed, String value) {
    Map<String, String> settings = settings();
    settings.put(changed, value);
    return settings;
  }

  static String keySetting() {
    return "fs.azure.account.key." + HOST;
  }

  Configuration hadoop() {
    Configuration configuration = new Configuration();
    settings().forEach(configuration::set);
    return configuration;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
