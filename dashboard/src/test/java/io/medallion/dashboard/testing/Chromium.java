package io.medallion.dashboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A headless Chromium, driven over its DevTools protocol: what a page does in it is what it does
 * for people.
 */
public final class Chromium implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger nextId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();

  private Chromium(Process process, URI address) throws Exception {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(address, new Listener())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The program, if this machine has one. */
  public static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with a profile of its own. */
  public static Chromium start(Path program, Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                // A container's user may not make the namespaces that the sandbox is made of.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast("chromium ended", () -> !process.isAlive())
        .until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
    List<String> lines = Files.readAllLines(portFile);
    return new Chromium(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
  }

  /** Opens an empty page, of a laptop's width. */
  public Page newPage() throws Exception {
    String context =
        call("", "Target.createBrowserContext", JSON.createObjectNode())
            .path("browserContextId")
            .asText();
    String target =
        call(
                "",
                "Target.createTarget",
                JSON.createObjectNode().put("url", "about:blank").put("browserContextId", context))
            .path("targetId")
            .asText();
    String session =
        call(
                "",
                "Target.attachToTarget",
                JSON.createObjectNode().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    return Page.of(this, session);
  }

  JsonNode call(String session, String method, ObjectNode parameters) throws Exception {
    int id = nextId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    synchronized (socket) {
      socket.sendText(message.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    JsonNode reply = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (reply.has("error")) {
      throw new IOException(method + ": " + reply.path("error"));
    }
    return reply.path("result");
  }

  void listen(String session, BiConsumer<String, JsonNode> listener) {
    listeners.add(
        (from, event) -> {
          if (from.equals(session)) {
            listener.accept(event.path("method").asText(), event.path("params"));
          }
        });
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      try {
        JsonNode node = JSON.readTree(message);
        if (node.has("id")) {
          answers.remove(node.path("id").asInt()).complete(node);
        } else {
          listeners.forEach(each -> each.accept(node.path("sessionId").asText(), node));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
