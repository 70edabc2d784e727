package io.medallion.dashboard.web;

import io.medallion.dashboard.audit.AuditRunner;
import io.medallion.dashboard.view.LakeView;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/**
 * The HTTP server: Undertow, whose I/O threads wait for nobody, neither for the rest of a request
 * nor until an answer is taken. Answers are made by a few threads of their own. Requests, bodies
 * and connections have bounds.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private static final int IO_THREADS = 2;
  private static final int THREADS = 8;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_HEADER_BYTES = 32 * 1024;

  /** For a request's first line and headers to come. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

  /** With a connection on which nothing moves; then it is cut off. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofMillis(500);

  /** Below that, compressed content is hardly shorter. */
  private static final int WORTH_COMPRESSING = 512;

  private final Undertow server;
  private final EventStream events;
  private final LakeView view;
  private final String lake;
  private final ExecutorService answers;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons("dashboard-timer"));
  private byte[] lastState = {};
  private Instant lastSent = Instant.MIN;

  private WebServer(
      Undertow server, ExecutorService answers, EventStream events, String lake, LakeView view) {
    this.server = server;
    this.answers = answers;
    this.events = events;
    this.lake = lake;
    this.view = view;
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
    EventStream events = new EventStream(PATIENCE);
    // What is asked when it stops is dropped, and not answered with an error.
    ExecutorService answers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons("dashboard-answers"),
            new ThreadPoolExecutor.DiscardPolicy());
    Guard guard = new Guard(address.getAddress(), token);
    Routes routes = new Routes(guard, new Api(lake, view), audit, events, answers);
    WebServer web = new WebServer(listen(address, PATIENCE, routes), answers, events, lake, view);
    var unusedTicks =
        web.timer.scheduleWithFixedDelay(web::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    var unused = web.timer.scheduleAtFixedRate(routes::forgetWrongTokens, 1, 1, TimeUnit.MINUTES);
    return web;
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A server that compresses what it answers.
   *
   * @param patience with a connection on which nothing moves
   */
  static Undertow listen(InetSocketAddress address, Duration patience, HttpHandler handler)
      throws IOException {
    ContentEncodingRepository encodings =
        new ContentEncodingRepository()
            .addEncodingHandler(
                "gzip",
                new GzipEncodingProvider(),
                1,
                exchange -> exchange.getResponseContentLength() >= WORTH_COMPRESSING);
    Undertow server =
        Undertow.builder()
            .addHttpListener(address.getPort(), address.getAddress().getHostAddress())
            .setHandler(new EncodingHandler(handler, encodings))
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(1)
            .setWorkerOption(Options.WORKER_NAME, "dashboard-http")
            .setWorkerOption(Options.THREAD_DAEMON, true)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
            .setSocketOption(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS)
            .setServerOption(UndertowOptions.IDLE_TIMEOUT, (int) patience.toMillis())
            .setServerOption(
                UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) LONGEST_REQUEST.toMillis())
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MOST_HEADER_BYTES)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 0)
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address(server);
  }

  static InetSocketAddress address(Undertow server) {
    return (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
  }

  /** Pages that listen to the event stream. */
  public int openPages() {
    return events.open();
  }

  private void tick() {
    try {
      events.cutOff();
      byte[] state = Json.bytes(StateJson.of(lake, view.state()));
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

  @Override
  public void close() {
    timer.shutdownNow();
    answers.shutdownNow();
    server.stop();
  }
}
