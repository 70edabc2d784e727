package io.medallion.dashboard.view;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the tables of a lake and keeps what the page shows of them. The lake is read by this
 * alone, once for all pages; a table that is being read does not hold up the others.
 *
 * <p>Which tables there are, the lake's contract says. It is looked at every {@link
 * #CONTRACT_LOOK}; where there is another one, everything is read anew.
 */
public final class LakeView implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LakeView.class);
  private static final int THREADS = 4;
  private static final Duration CONTRACT_LOOK = Duration.ofSeconds(30);

  private final Lake lake;
  private final Duration interval;
  private final ScheduledExecutorService threads;
  private Instant nextLook = Instant.MIN;
  private volatile FollowedTables followed;

  /**
   * All tables at one moment.
   *
   * @param generation how often there was another contract
   * @param looked whether all tables were looked at
   * @param rowsLeft of those that were there before, still to be read
   * @param rowsToRead of how many
   */
  public record State(
      int generation,
      List<TableState> tables,
      boolean looked,
      long rowsLeft,
      long rowsToRead,
      List<GoldView> gold,
      long goldRevision,
      long quarantineRevision,
      long lateRevision) {}

  private LakeView(Lake lake, Duration interval, ScheduledExecutorService threads) {
    this.lake = lake;
    this.interval = interval;
    this.threads = threads;
    followed = new FollowedTables(lake, LakeTables.of(ContractReader.standard()), 0);
  }

  /**
   * Begins to follow a lake, which may not be there yet.
   *
   * @param interval between two looks at a table
   */
  public static LakeView follow(Lake lake, Duration interval) {
    ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, daemons());
    LakeView view = new LakeView(lake, interval, threads);
    view.lookAtContract();
    view.followed.start(threads, interval);
    // A look never throws, so nothing is to be had of it.
    var unused =
        threads.scheduleWithFixedDelay(
            view::lookAtContract, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return view;
  }

  /** Often until a table is there that tells the contract, and then rarely. */
  private void lookAtContract() {
    Instant now = Instant.now();
    if (now.isBefore(nextLook)) {
      return;
    }
    boolean told = followed.tellsContract();
    try {
      LakeTables tables = lake.tables();
      if (!tables.contract().equals(contract())) {
        FollowedTables before = followed;
        FollowedTables next = new FollowedTables(lake, tables, before.generation() + 1);
        followed = next;
        if (before.stop()) {
          next.start(threads, interval);
        }
      }
    } catch (RuntimeException failure) {
      LOG.warn("Cannot read the lake's contract; it is tried again", failure);
      told = true;
    }
    nextLook = told ? now.plus(CONTRACT_LOOK) : Instant.MIN;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "dashboard-lake-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  public Contract contract() {
    return followed.tables().contract();
  }

  /** The tables of gold, in the contract's order. */
  public List<GoldView> gold() {
    return followed.gold();
  }

  public QuarantineView.Summary quarantine() {
    return followed.quarantine().summary();
  }

  public LateView.Summary late() {
    return followed.late().summary();
  }

  public State state() {
    return followed.state();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
