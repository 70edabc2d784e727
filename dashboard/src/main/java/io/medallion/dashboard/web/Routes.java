package io.medallion.dashboard.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.dashboard.audit.AuditRunner;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is answered to whom: every path is one of a fixed list, who asks must get past the {@link
 * Guard}, and every answer has the security headers.
 */
final class Routes implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final int MOST_BODY_BYTES = 4_096;

  /** Wrong tokens in a minute. */
  private static final int MOST_WRONG_TOKENS = 10;

  private static final String API = "/api/v2/";

  /** What it takes to enter a token; who has none may have it. */
  private static final Set<String> OPEN =
      Set.of(
          "/login",
          "/assets/login.js",
          "/assets/theme.js",
          "/assets/page.css",
          "/assets/icon.svg",
          API + "session");

  private static final Map<HttpString, String> SECURITY =
      Map.of(
          new HttpString("Content-Security-Policy"),
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          new HttpString("X-Content-Type-Options"),
          "nosniff",
          new HttpString("X-Frame-Options"),
          "DENY",
          new HttpString("Referrer-Policy"),
          "no-referrer",
          new HttpString("Cross-Origin-Opener-Policy"),
          "same-origin",
          new HttpString("Cross-Origin-Resource-Policy"),
          "same-origin");

  private final Guard guard;
  private final AuditRunner audit;
  private final Executor threads;
  private final AtomicInteger wrongTokens = new AtomicInteger();

  /** What can be done with each path, by method. */
  private final Map<String, Map<HttpString, HttpHandler>> paths = new HashMap<>();

  /** Answers a question. */
  private interface Look {
    Reply at(Map<String, Deque<String>> query) throws BadRequest;
  }

  /** Does what is asked for. */
  private interface Change {
    Reply by(HttpServerExchange exchange, byte[] body) throws BadRequest;
  }

  private interface Answer {
    Reply make() throws BadRequest;
  }

  /**
   * @param threads that make the answers
   */
  Routes(Guard guard, Api api, AuditRunner audit, EventStream events, Executor threads) {
    this.guard = guard;
    this.audit = audit;
    this.threads = threads;
    look(API + "state", api::state);
    look(API + "contract", api::contract);
    look(API + "keys", api::keys);
    look(API + "series", api::series);
    look(API + "windrose", api::rose);
    look(API + "quarantine", api::quarantine);
    look(API + "late", api::late);
    look(API + "audit", query -> Reply.json(AuditJson.of(audit.last())));
    change(API + "audit", (exchange, body) -> startAudit());
    change(API + "session", this::logIn);
    add(API + "events", Methods.GET, events);
    add(
        API + "events",
        Methods.HEAD,
        exchange -> exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store"));
    new Pages().files().forEach((path, page) -> look(path, query -> page));
  }

  private void look(String path, Look look) {
    HttpHandler handler = exchange -> reply(exchange, () -> look.at(exchange.getQueryParameters()));
    add(path, Methods.GET, handler);
    add(path, Methods.HEAD, handler);
  }

  private void change(String path, Change change) {
    add(path, Methods.POST, exchange -> change(exchange, change));
  }

  private void add(String path, HttpString method, HttpHandler handler) {
    paths.computeIfAbsent(path, absent -> new TreeMap<>()).put(method, handler);
  }

  /** Wrong tokens are counted from here on. */
  void forgetWrongTokens() {
    wrongTokens.set(0);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    SECURITY.forEach(exchange.getResponseHeaders()::put);
    // As it was sent: nothing in it is decoded or left out.
    String path = exchange.getRequestURI();
    Map<HttpString, HttpHandler> methods = paths.getOrDefault(path, Map.of());
    if (!guard.isAddressedHere(exchange.getRequestHeaders())) {
      Reply.problem(421, "This server has another name: use 127.0.0.1.").send(exchange);
    } else if (!OPEN.contains(path) && !guard.isKnown(exchange)) {
      stranger(path).send(exchange);
    } else if (methods.isEmpty()) {
      Reply.problem(StatusCodes.NOT_FOUND, "There is nothing here.").send(exchange);
    } else if (!methods.containsKey(exchange.getRequestMethod())) {
      String allowed =
          String.join(", ", methods.keySet().stream().map(HttpString::toString).toList());
      Reply.problem(StatusCodes.METHOD_NOT_ALLOWED, "Allowed: " + allowed)
          .with(Headers.ALLOW, allowed)
          .send(exchange);
    } else {
      methods.get(exchange.getRequestMethod()).handleRequest(exchange);
    }
  }

  private static Reply stranger(String path) {
    return path.equals("/")
        ? Reply.empty(StatusCodes.SEE_OTHER).with(Headers.LOCATION, "/login")
        : Reply.problem(
                StatusCodes.UNAUTHORIZED, "A token is needed: 'Authorization: Bearer TOKEN'.")
            .with(Headers.WWW_AUTHENTICATE, "Bearer");
  }

  private void change(HttpServerExchange exchange, Change change) {
    if (!guard.isOwnPage(exchange.getRequestHeaders())) {
      Reply.problem(StatusCodes.FORBIDDEN, "Another site's page may not do this.").send(exchange);
    } else if (exchange.getRequestContentLength() > MOST_BODY_BYTES) {
      // The receiver would first take the memory for it.
      tooLong(exchange);
    } else {
      // Read as it comes, by no thread that waits for it.
      exchange.getRequestReceiver().setMaxBufferSize(MOST_BODY_BYTES);
      exchange
          .getRequestReceiver()
          .receiveFullBytes(
              (asked, body) -> reply(asked, () -> change.by(asked, body)),
              (asked, failure) -> tooLong(asked));
    }
  }

  private static void tooLong(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    Reply.problem(StatusCodes.BAD_REQUEST, "The body is longer than " + MOST_BODY_BYTES + " bytes.")
        .send(exchange);
  }

  /** Makes the answer in a thread that may take its time. */
  private void reply(HttpServerExchange exchange, Answer answer) {
    exchange.dispatch(
        threads,
        asked -> {
          Reply reply;
          try {
            reply = answer.make();
          } catch (BadRequest e) {
            reply = Reply.problem(StatusCodes.BAD_REQUEST, e.getMessage());
          } catch (RuntimeException e) {
            LOG.warn("Could not answer {}", asked.getRequestURI(), e);
            reply =
                Reply.problem(
                    StatusCodes.INTERNAL_SERVER_ERROR,
                    "Something went wrong here; the log tells what.");
          }
          reply.send(asked);
        });
  }

  private Reply startAudit() {
    Duration wait = audit.start();
    return wait.isZero()
        ? Reply.json(AuditJson.of(audit.last())).as(StatusCodes.ACCEPTED)
        : Reply.problem(
                StatusCodes.TOO_MANY_REQUESTS,
                "An audit runs, or has just run: try again in a moment.")
            .with(Headers.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
  }

  private Reply logIn(HttpServerExchange exchange, byte[] body) throws BadRequest {
    if (wrongTokens.get() >= MOST_WRONG_TOKENS) {
      return Reply.problem(
              StatusCodes.TOO_MANY_REQUESTS, "Too many wrong tokens: try again in a minute.")
          .with(Headers.RETRY_AFTER, "60");
    }
    JsonNode given;
    try {
      given = JSON.readTree(body);
    } catch (IOException e) {
      throw new BadRequest("The body must be {\"token\": \"...\"}.", e);
    }
    if (guard.isToken(given.path("token").asText())) {
      exchange.setResponseCookie(guard.newCookie());
      return Reply.empty(StatusCodes.NO_CONTENT);
    }
    wrongTokens.incrementAndGet();
    return Reply.problem(StatusCodes.UNAUTHORIZED, "That is not the token.");
  }
}
