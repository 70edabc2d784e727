package io.medallion.dashboard.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to all open pages (WHATWG HTML, "Server-sent events"): one thread writes the
 * same bytes to each of them, and no page needs a thread of its own.
 *
 * <p>A page that does not take what it is sent is cut off after {@value #PATIENCE_SECONDS} seconds;
 * a browser then comes back by itself.
 */
final class EventStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  static final int MOST_PAGES = 500;

  private static final int PATIENCE_SECONDS = 5;
  private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Set<Page> pages = new LinkedHashSet<>();
  private final Thread writer = new Thread(this::run, "dashboard-events");

  private final Object watch = new Object();
  private boolean writing;
  private long writingSince;

  /** What a page that comes is told first; used by the writer's thread only. */
  private byte[] latest = {};

  private volatile int open;
  private volatile boolean closed;

  private record Page(HttpExchange exchange, OutputStream out) {}

  /**
   * @param timer looks after the writing
   */
  EventStream(ScheduledExecutorService timer) {
    writer.setDaemon(true);
    writer.start();
    var unused = timer.scheduleWithFixedDelay(this::cutOffStalled, 1, 1, TimeUnit.SECONDS);
  }

  /** Number of pages that listen. */
  int open() {
    return open;
  }

  /** Takes over an exchange whose headers are to be sent; false if there are too many. */
  boolean accept(HttpExchange exchange) throws IOException {
    if (open >= MOST_PAGES || closed) {
      return false;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    Page page = new Page(exchange, exchange.getResponseBody());
    work.add(() -> join(page));
    return true;
  }

  /** Tells all pages, and those that come later. */
  void state(byte[] json) {
    byte[] event = event("state", json);
    work.add(
        () -> {
          latest = event;
          tell(event);
        });
  }

  /** Tells all pages that the connection lives. */
  void beat() {
    byte[] event = event("beat", "{}".getBytes(StandardCharsets.UTF_8));
    work.add(() -> tell(event));
  }

  private static byte[] event(String name, byte[] json) {
    // JSON as it is written here has no line break. The id is the time here, by which pages tell
    // ages.
    String text =
        "event: %s\nid: %d\ndata: %s\n\n"
            .formatted(name, System.currentTimeMillis(), new String(json, StandardCharsets.UTF_8));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void run() {
    while (!closed) {
      try {
        work.take().run();
      } catch (InterruptedException wakeUp) {
        LOG.debug("Looking whether to end", wakeUp);
      }
    }
    pages.forEach(page -> page.exchange().close());
  }

  private void join(Page page) {
    if (write(page, RETRY) && (latest.length == 0 || write(page, latest))) {
      pages.add(page);
      open = pages.size();
    }
  }

  private void tell(byte[] event) {
    for (Iterator<Page> each = pages.iterator(); each.hasNext() && !closed; ) {
      if (!write(each.next(), event)) {
        each.remove();
      }
    }
    open = pages.size();
  }

  /** False if the page is gone. */
  private boolean write(Page page, byte[] event) {
    synchronized (watch) {
      writing = true;
      writingSince = System.nanoTime();
    }
    boolean written = false;
    try {
      page.out().write(event);
      page.out().flush();
      written = true;
    } catch (IOException gone) {
      LOG.debug("A page has gone", gone);
    } finally {
      synchronized (watch) {
        writing = false;
        // What was meant for this write is not to hit the next one.
        Thread.interrupted();
      }
    }
    if (!written) {
      page.exchange().close();
    }
    return written;
  }

  /** Interrupting a blocked write closes its connection. */
  private void cutOffStalled() {
    synchronized (watch) {
      if (writing
          && System.nanoTime() - writingSince > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        writer.interrupt();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    writer.interrupt();
  }
}
