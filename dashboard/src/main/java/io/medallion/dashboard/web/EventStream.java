package io.medallion.dashboard.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to all open pages (WHATWG HTML, "Server-sent events"). Each page has a thread,
 * so that none waits for another, and is told the newest state that it does not know: one that
 * takes long leaves out states in between. One that takes nothing is cut off ({@link Patience}); a
 * browser then comes back by itself.
 */
final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  static final int MOST_PAGES = 200;

  private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

  private final Patience patience;
  private final Set<Page> pages = ConcurrentHashMap.newKeySet();

  /** What a page that comes is told first. */
  private byte[] latest = {};

  private boolean closed;

  EventStream(Patience patience) {
    this.patience = patience;
  }

  /** Number of pages that listen. */
  int open() {
    return pages.size();
  }

  /** Takes over an exchange whose headers are to be sent; false if there are too many. */
  boolean accept(HttpExchange exchange) throws IOException {
    if (pages.size() >= MOST_PAGES) {
      return false;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    Page page = new Page(exchange);
    synchronized (this) {
      if (closed) {
        return false;
      }
      page.tell(latest);
      pages.add(page);
      page.thread.start();
    }
    return true;
  }

  /** Tells all pages, and those that come later. */
  synchronized void state(byte[] json) {
    latest = event("state", json);
    pages.forEach(page -> page.tell(latest));
  }

  /** Tells all pages that the connection lives. */
  void beat() {
    byte[] event = event("beat", "{}".getBytes(StandardCharsets.UTF_8));
    pages.forEach(page -> page.tellIfIdle(event));
  }

  private static byte[] event(String name, byte[] json) {
    // JSON as it is written here has no line break. The id is the time here, by which pages tell
    // ages.
    String text =
        "event: %s\nid: %d\ndata: %s\n\n"
            .formatted(name, System.currentTimeMillis(), new String(json, StandardCharsets.UTF_8));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    closed = true;
    pages.forEach(page -> page.thread.interrupt());
  }

  private final class Page {

    private final HttpExchange exchange;
    private final Thread thread = new Thread(this::run, "dashboard-events");

    /** What it is to be told next; empty if nothing. */
    private byte[] next = {};

    Page(HttpExchange exchange) {
      this.exchange = exchange;
      thread.setDaemon(true);
    }

    synchronized void tell(byte[] event) {
      next = event;
      notifyAll();
    }

    synchronized void tellIfIdle(byte[] event) {
      if (next.length == 0) {
        tell(event);
      }
    }

    private synchronized byte[] take() throws InterruptedException {
      while (next.length == 0) {
        wait();
      }
      byte[] event = next;
      next = new byte[0];
      return event;
    }

    private void run() {
      try {
        patience.write(exchange.getResponseBody(), RETRY);
        while (true) {
          patience.write(exchange.getResponseBody(), take());
        }
      } catch (IOException | InterruptedException gone) {
        LOG.debug("A page has gone", gone);
      } finally {
        pages.remove(this);
        exchange.close();
      }
    }
  }
}
