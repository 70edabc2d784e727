package io.medallion.dashboard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A page in a {@link Chromium}. */
public final class Page {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Chromium browser;
  private final String session;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  private Page(Chromium browser, String session) {
    this.browser = browser;
    this.session = session;
  }

  static Page of(Chromium browser, String session) throws Exception {
    Page page = new Page(browser, session);
    browser.listen(session, page::event);
    for (String domain : new String[] {"Page", "Runtime", "Log"}) {
      page.call(domain + ".enable", parameters());
    }
    page.call("Emulation.setFocusEmulationEnabled", parameters().put("enabled", true));
    page.size(1280, 900);
    return page;
  }

  private void event(String method, JsonNode event) {
    switch (method) {
      case "Runtime.exceptionThrown" -> problems.add(event.at("/exceptionDetails").toString());
      case "Log.entryAdded" -> {
        if (!event.at("/entry/level").asText().matches("info|verbose")) {
          problems.add(event.at("/entry/text").asText() + " " + event.at("/entry/url").asText());
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (event.path("type").asText().matches("error|warning|assert")) {
          problems.add(event.path("args").toString());
        }
      }
      default -> {}
    }
  }

  /** Errors and warnings of the console, and exceptions. */
  public List<String> problems() {
    return problems;
  }

  public void open(String url) throws Exception {
    call("Page.navigate", parameters().put("url", url));
  }

  /** Sets the size that the page is seen in. */
  public void size(int width, int height) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** As the system's setting would be. */
  public void dark(boolean dark) throws Exception {
    ObjectNode media = parameters();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
  }

  /** What an expression of JavaScript, which may be a promise, comes to. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            parameters()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  public String text(String selector) throws Exception {
    return evaluate("document.querySelector(" + quoted(selector) + ").textContent").asText();
  }

  /** Waits until a condition of JavaScript is true. */
  public void await(String condition) {
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(() -> evaluate("Boolean(" + condition + ")").asBoolean());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Not so: " + condition + "; console: " + problems, e);
    }
  }

  /** Waits until an element has a text. */
  public void awaitText(String selector, String text) {
    await(
        "document.querySelector(%s).textContent.includes(%s)"
            .formatted(quoted(selector), quoted(text)));
  }

  /** Presses and releases a key, such as Tab or Enter. */
  public void press(String key, int code) throws Exception {
    ObjectNode down =
        parameters()
            .put("type", "keyDown")
            .put("key", key)
            .put("code", key)
            .put("windowsVirtualKeyCode", code);
    if (key.equals("Enter")) {
      down.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        parameters().put("type", "keyUp").put("key", key).put("windowsVirtualKeyCode", code));
  }

  /** Types into what has the focus. */
  public void type(String text) throws Exception {
    call("Input.insertText", parameters().put("text", text));
  }

  /** Drags the pointer along a line from left to right. */
  public void drag(double fromX, double toX, double y) throws Exception {
    mouse("mouseMoved", fromX, y, 0);
    mouse("mousePressed", fromX, y, 1);
    mouse("mouseMoved", (fromX + toX) / 2, y, 1);
    mouse("mouseMoved", toX, y, 1);
    mouse("mouseReleased", toX, y, 0);
  }

  private void mouse(String type, double x, double y, int buttons) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        parameters()
            .put("type", type)
            .put("x", x)
            .put("y", y)
            .put("button", type.equals("mouseMoved") && buttons == 0 ? "none" : "left")
            .put("buttons", buttons)
            .put("clickCount", 1));
  }

  /** Takes a picture of the whole page. */
  public void screenshot(Path file) throws Exception {
    String png =
        call("Page.captureScreenshot", parameters().put("captureBeyondViewport", true))
            .path("data")
            .asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(png));
  }

  /** As a literal of JavaScript. */
  public static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  private JsonNode call(String method, ObjectNode parameters) throws Exception {
    return browser.call(session, method, parameters);
  }

  private static ObjectNode parameters() {
    return JSON.createObjectNode();
  }
}
