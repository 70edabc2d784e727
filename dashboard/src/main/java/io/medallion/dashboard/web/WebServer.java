package io.medallion.dashboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.medallion.dashboard.audit.AuditRunner;
import io.medallion.dashboard.view.LakeView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: the JDK's, with a few threads for requests and one for each event stream.
 *
 * <p>Every path is one of a fixed list, and every answer has the security headers.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final int THREADS = 8;
  private static final int BACKLOG = 100;
  private static final int MOST_BODY_BYTES = 4_096;
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofMillis(500);

  /** Wrong tokens in a minute. */
  private static final int MOST_WRONG_TOKENS = 10;

  private static final String API = "/api/v2/";
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService requests;
  private final ScheduledExecutorService timer;
  private final Guard guard;
  private final Pages pages = new Pages();
  private final LakeView view;
  private final Api api;
  private final AuditRunner audit;
  private final Patience patience;
  private final EventStream events;
  private final String lake;
  private final AtomicInteger wrongTokens = new AtomicInteger();
  private byte[] lastState = {};
  private Instant lastSent = Instant.MIN;

  private WebServer(
      HttpServer server, Optional<String> token, String lake, LakeView view, AuditRunner audit) {
    this.server = server;
    this.guard = new Guard(server.getAddress().getAddress(), token);
    this.lake = lake;
    this.view = view;
    this.api = new Api(lake, view);
    this.audit = audit;
    this.requests = Executors.newFixedThreadPool(THREADS, daemons("dashboard-http-"));
    this.timer = Executors.newScheduledThreadPool(2, daemons("dashboard-timer-"));
    this.patience = new Patience(timer);
    this.events = new EventStream(patience);
  }

  /**
   * Starts to listen.
   *
   * @param token that is asked for; empty only on a loopback address
   * @param lake as people know it
   * @throws IOException if the address cannot be listened on
   */
  public static WebServer start(
      InetSocketAddress address,
      Optional<String> token,
      String lake,
      LakeView view,
      AuditRunner audit)
      throws IOException {
    configureJdk();
    HttpServer server = HttpServer.create(address, BACKLOG);
    WebServer web = new WebServer(server, token, lake, view, audit);
    server.createContext("/", web::handle);
    server.setExecutor(web.requests);
    server.start();
    var unusedTicks =
        web.timer.scheduleWithFixedDelay(web::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    var unused =
        web.timer.scheduleAtFixedRate(() -> web.wrongTokens.set(0), 1, 1, TimeUnit.MINUTES);
    return web;
  }

  /** The server's own settings are system properties, read when its classes are loaded. */
  private static void configureJdk() {
    // Small answers at once; and who takes long to ask does not keep a thread.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
    setIfAbsent("sun.net.httpserver.maxReqTime", "20");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Pages that listen to the event stream. */
  public int openPages() {
    return events.open();
  }

  private void tick() {
    try {
      byte[] state = StateJson.write(lake, view.state());
      Instant now = Instant.now();
      if (!Arrays.equals(state, lastState)) {
        lastState = state;
        lastSent = now;
        events.state(state);
      } else if (now.isAfter(lastSent.plus(BEAT))) {
        lastSent = now;
        events.beat();
      }
    } catch (RuntimeException e) {
      LOG.warn("Could not tell the pages of the lake's state", e);
    }
  }

  private void handle(HttpExchange exchange) {
    boolean handedOn = false;
    try {
      secure(exchange.getResponseHeaders());
      handedOn = answer(exchange);
    } catch (IOException gone) {
      LOG.debug("The asker is gone", gone);
    } catch (RuntimeException e) {
      LOG.warn("Could not answer {}", exchange.getRequestURI().getPath(), e);
    } finally {
      if (!handedOn) {
        exchange.close();
      }
    }
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** True if the event stream took the exchange over. */
  private boolean answer(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
    if (!guard.isAddressedHere(headers)) {
      send(exchange, Reply.problem(421, "This server has another name: use 127.0.0.1."));
      return false;
    }
    if (!guard.isKnown(headers) && !Pages.isOpen(path) && !path.equals(API + "session")) {
      send(
          exchange,
          path.equals("/")
              ? Reply.empty(303).with("Location", "/login")
              : Reply.problem(401, "A token is needed: 'Authorization: Bearer TOKEN'.")
                  .with("WWW-Authenticate", "Bearer"));
      return false;
    }
    if (path.equals(API + "events") && exchange.getRequestMethod().equals("GET")) {
      if (events.accept(exchange)) {
        return true;
      }
      send(exchange, Reply.problem(503, "Too many pages are open.").with("Retry-After", "10"));
      return false;
    }
    send(exchange, reply(exchange, path));
    return false;
  }

  private Reply reply(HttpExchange exchange, String path) throws IOException {
    String method = exchange.getRequestMethod();
    Optional<String> allowed = allowed(path);
    if (allowed.isEmpty()) {
      return Reply.problem(404, "There is nothing here.");
    }
    if (!Arrays.asList(allowed.get().split(", ", -1)).contains(method)) {
      return Reply.problem(405, "Allowed: " + allowed.get()).with("Allow", allowed.get());
    }
    try {
      return method.equals("POST")
          ? change(exchange, path)
          : look(path, exchange.getRequestURI().getRawQuery());
    } catch (BadRequest e) {
      return Reply.problem(400, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("Could not answer {}", path, e);
      return Reply.problem(500, "Something went wrong here; the log tells what.");
    }
  }

  private Optional<String> allowed(String path) {
    return switch (path) {
      case API + "session" -> Optional.of("POST");
      case API + "audit" -> Optional.of("GET, HEAD, POST");
      case API + "state",
          API + "contract",
          API + "keys",
          API + "series",
          API + "windrose",
          API + "quarantine",
          API + "late",
          API + "events" ->
          Optional.of("GET, HEAD");
      default -> pages.get(path).map(page -> "GET, HEAD");
    };
  }

  private Reply look(String path, String query) throws BadRequest {
    return switch (path) {
      case API + "state" -> api.state(query);
      case API + "contract" -> api.contract(query);
      case API + "keys" -> api.keys(query);
      case API + "series" -> api.series(query);
      case API + "windrose" -> api.rose(query);
      case API + "quarantine" -> api.quarantine(query);
      case API + "late" -> api.late(query);
      case API + "audit" -> Reply.json(200, AuditJson.write(audit.last()));
      case API + "events" -> Reply.empty(200);
      default -> pages.get(path).orElseThrow();
    };
  }

  private Reply change(HttpExchange exchange, String path) throws IOException, BadRequest {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES);
    if (!guard.isOwnPage(exchange.getRequestHeaders())) {
      return Reply.problem(403, "Another site's page may not do this.");
    }
    return path.equals(API + "session") ? logIn(body) : startAudit();
  }

  private Reply startAudit() {
    Duration wait = audit.start();
    return wait.isZero()
        ? Reply.json(202, AuditJson.write(audit.last()))
        : Reply.problem(429, "An audit runs, or has just run: try again in a moment.")
            .with("Retry-After", Long.toString(wait.toSeconds() + 1));
  }

  private Reply logIn(byte[] body) throws BadRequest {
    if (wrongTokens.get() >= MOST_WRONG_TOKENS) {
      return Reply.problem(429, "Too many wrong tokens: try again in a minute.")
          .with("Retry-After", "60");
    }
    JsonNode given;
    try {
      given = JSON.readTree(body);
    } catch (IOException e) {
      throw new BadRequest("The body must be {\"token\": \"...\"}.", e);
    }
    if (guard.isToken(given.path("token").asText())) {
      return Reply.empty(204).with("Set-Cookie", guard.newCookie());
    }
    wrongTokens.incrementAndGet();
    return Reply.problem(401, "That is not the token.");
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      headers.set(header.getKey(), header.getValue());
    }
    headers.set("Vary", "Accept-Encoding, Cookie");
    boolean cacheable = reply.status() == 200;
    headers.set("Cache-Control", cacheable ? "no-cache" : "no-store");
    if (cacheable) {
      headers.set("ETag", reply.tag());
      if (hasTag(exchange, reply.tag())) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
    }
    if (reply.body().length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    headers.set("Content-Type", reply.type());
    byte[] body = reply.body();
    if (reply.gzip().isPresent() && takesGzip(exchange)) {
      headers.set("Content-Encoding", "gzip");
      body = reply.gzip().get();
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    patience.write(exchange.getResponseBody(), body);
  }

  private static boolean hasTag(HttpExchange exchange, String tag) {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    return known != null
        && Arrays.stream(known.split(",", -1)).map(String::strip).anyMatch(tag::equals);
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return encodings != null
        && Arrays.stream(encodings.split(",", -1))
            .map(String::strip)
            .anyMatch(encoding -> encoding.equals("gzip") || encoding.startsWith("gzip;q=1"));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    events.close();
    server.stop(0);
    requests.shutdownNow();
  }
}
