package io.medallion.dashboard.view;

import io.medallion.dashboard.view.TableCounts.Total;
import io.medallion.maintenance.lake.TableContent;
import io.medallion.maintenance.lake.TableTail;
import io.medallion.maintenance.lake.TableTail.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of one table up to date. A look that fails is repeated, at longer and longer
 * intervals up to a minute; what was half taken in by then is taken in anew.
 */
final class TableWatch {

  private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final String name;
  private final TableTail tail;
  private final TableRows rows;
  private final Clock clock;
  private final TableCounts counts;
  private final AtomicLong toRead = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private Duration pause = Duration.ZERO;
  private Instant next = Instant.MIN;
  private volatile boolean looked;

  TableWatch(String name, TableTail tail, TableRows rows, Clock clock) {
    this.name = name;
    this.tail = tail;
    this.rows = rows;
    this.clock = clock;
    this.counts = new TableCounts(name);
  }

  /** Takes in all that is new; never throws. */
  void look() {
    if (clock.instant().isBefore(next)) {
      return;
    }
    try {
      for (Optional<Change> change = tail.poll();
          change.isPresent() && !Thread.currentThread().isInterrupted();
          change = tail.poll()) {
        apply(change.get());
      }
      pause = Duration.ZERO;
      counts.problem(Optional.empty());
    } catch (RuntimeException failure) {
      failed(failure);
    }
    looked = true;
  }

  private void apply(Change change) {
    try {
      if (change instanceof Change.Appended appended) {
        rows.append(appended.table(), appended.commit().added());
        counts.appended(appended.commit());
      } else if (change instanceof Change.Content content) {
        content(content.table(), content.sameRows());
      } else {
        rows.clear();
        counts.absent();
      }
    } catch (RuntimeException half) {
      tail.reset();
      throw half;
    }
  }

  private void content(TableContent table, boolean sameRows) {
    if (!sameRows) {
      rows.clear();
    }
    Total total = new Total();
    table.forEachFile(
        file -> {
          total.add(file);
          if (!sameRows) {
            rows.consider(file);
          }
        });
    counts.content(table, total, tail.lastCommits(TableCounts.RECENT_COMMITS));
    if (!sameRows) {
      read.set(0);
      toRead.set(rows == TableRows.NONE ? 0 : total.rows());
      rows.read(table, read::addAndGet);
      toRead.set(0);
      read.set(0);
    }
  }

  private void failed(RuntimeException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    boolean first = pause.isZero();
    pause = first ? Duration.ofSeconds(1) : pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    next = clock.instant().plus(pause);
    counts.problem(Optional.of(rootMessage(failure)));
    if (first) {
      LOG.warn("Cannot read {}; it is tried again", name, failure);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName()
        + (root.getMessage() == null
            ? ""
            : ": " + root.getMessage().lines().findFirst().orElse(""));
  }

  TableState state() {
    return counts.at(clock.instant());
  }

  /** Whether the table was looked at once, with or without success. */
  boolean hasLooked() {
    return looked;
  }

  /** Rows that are still to be read of what the table held. */
  long left() {
    return Math.max(0, toRead.get() - read.get());
  }

  /** Of how many. */
  long total() {
    return toRead.get();
  }
}
