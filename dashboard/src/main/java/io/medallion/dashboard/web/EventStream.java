package io.medallion.dashboard.web;

import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventConnection.EventCallback;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.xnio.IoUtils;

/**
 * Server-sent events to all open pages (WHATWG HTML, "Server-sent events"). No thread ever waits
 * for a page: each is being sent one event at most, and after that the newest one that came
 * meanwhile, so that one that takes long leaves out states in between. One that does not take an
 * event in time is cut off; a browser then comes back by itself.
 */
final class EventStream implements HttpHandler {

  static final int MOST_PAGES = 200;

  private static final long RETRY_MILLIS = 2_000;

  private static final AttachmentKey<ServerConnection> CONNECTION =
      AttachmentKey.create(ServerConnection.class);

  private final Duration patience;
  private final HttpHandler stream = Handlers.serverSentEvents((page, lastId) -> accept(page));
  private final Set<Page> pages = ConcurrentHashMap.newKeySet();

  /** What a page that comes is told first. */
  private Event latest;

  /**
   * @param id the time here, by which pages tell ages
   */
  private record Event(String name, String id, String json) {

    static Event now(String name, String json) {
      return new Event(name, Long.toString(System.currentTimeMillis()), json);
    }
  }

  /**
   * @param patience with a page that does not take an event
   */
  EventStream(Duration patience) {
    this.patience = patience;
  }

  /** Number of pages that listen. */
  int open() {
    return pages.size();
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (pages.size() >= MOST_PAGES) {
      Reply.problem(StatusCodes.SERVICE_UNAVAILABLE, "Too many pages are open.")
          .with(Headers.RETRY_AFTER, "10")
          .send(exchange);
      return;
    }
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.putAttachment(CONNECTION, exchange.getConnection());
    stream.handleRequest(exchange);
  }

  private synchronized void accept(ServerSentEventConnection connection) {
    Page page = new Page(connection);
    pages.add(page);
    connection.addCloseTask(closed -> pages.remove(page));
    connection.sendRetry(RETRY_MILLIS);
    if (latest != null) {
      page.tell(latest);
    }
  }

  /** Tells all pages, and those that come later. */
  synchronized void state(byte[] json) {
    latest = Event.now("state", new String(json, StandardCharsets.UTF_8));
    pages.forEach(page -> page.tell(latest));
  }

  /** Tells all pages that the connection lives. */
  void beat() {
    Event beat = Event.now("beat", "{}");
    pages.forEach(page -> page.tellIfIdle(beat));
  }

  /** Cuts off who has run out of patience; to be called from time to time. */
  void cutOff() {
    pages.stream().filter(Page::isLate).forEach(Page::close);
  }

  private final class Page implements EventCallback {

    private final ServerSentEventConnection connection;
    private final AtomicReference<Event> next = new AtomicReference<>();
    private final AtomicBoolean isSending = new AtomicBoolean();

    /** {@link System#nanoTime} of the last event. */
    private volatile long sent = System.nanoTime();

    Page(ServerSentEventConnection connection) {
      this.connection = connection;
    }

    void tell(Event event) {
      next.set(event);
      send();
    }

    void tellIfIdle(Event event) {
      if (next.compareAndSet(null, event)) {
        send();
      }
    }

    /** Without a lock, because the connection calls back under its own. */
    private void send() {
      while (next.get() != null && isSending.compareAndSet(false, true)) {
        Event event = next.getAndSet(null);
        if (event != null) {
          sent = System.nanoTime();
          connection.send(event.json(), event.name(), event.id(), this);
          return;
        }
        isSending.set(false);
      }
    }

    boolean isLate() {
      return isSending.get() && System.nanoTime() - sent > patience.toNanos();
    }

    /** Without what it has not taken, for which the event stream alone would wait. */
    void close() {
      pages.remove(this);
      IoUtils.safeClose(connection, connection.getAttachment(CONNECTION));
    }

    @Override
    public void done(ServerSentEventConnection on, String data, String event, String id) {
      isSending.set(false);
      send();
    }

    @Override
    public void failed(
        ServerSentEventConnection on, String data, String event, String id, IOException e) {
      pages.remove(this);
    }
  }
}
