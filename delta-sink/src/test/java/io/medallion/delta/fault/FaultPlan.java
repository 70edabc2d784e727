package io.medallion.delta.fault;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;

/**
 * Which storage operations of one {@link FaultFileSystem} fail, and a record of all of them.
 *
 * <p>Operations are numbered from 1. Those of the sink's background threads are neither numbered
 * nor recorded, unless a test asks for them: their order is not determined.
 */
public final class FaultPlan {

  /** Whether a failing operation has taken effect. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  /** One operation: its kind in lower case and the file it was about. */
  public record Operation(String kind, Path path) {

    /** The operation with what differs from commit to commit left out. */
    public String shape() {
      String name =
          path.getName()
              .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "#")
              .replaceAll("^part-.*", "data file")
              .replaceAll("\\d{20}", "N");
      return kind + " " + name;
    }
  }

  /** What a test does in between. */
  public interface Action {
    void run() throws Exception;
  }

  private static final Map<String, FaultPlan> PLANS = new ConcurrentHashMap<>();
  private static final Set<String> BACKGROUND_THREADS =
      Set.of("delta-log-maintenance", "delta-compaction");

  private final List<Operation> operations = new ArrayList<>();
  private final IdentityHashMap<Closeable, Path> openStreams = new IdentityHashMap<>();
  private Predicate<Operation> selected = operation -> true;
  private boolean background;
  private boolean deletesNothing;
  private Moment moment = Moment.BEFORE;
  private long firstFailing = Long.MAX_VALUE;
  private long failures;
  private long failed;

  private FaultPlan() {}

  /** The plan of the file system {@code fault://<name>/}; made anew. */
  public static FaultPlan create(String name) {
    FaultPlan plan = new FaultPlan();
    PLANS.put(name, plan);
    return plan;
  }

  static FaultPlan of(String name) {
    FaultPlan plan = PLANS.get(name);
    if (plan == null) {
      throw new IllegalStateException("No fault plan '" + name + "'");
    }
    return plan;
  }

  /** Lets {@code times} operations fail, from number {@code first} on. */
  public synchronized FaultPlan fail(long first, long times, Moment when) {
    firstFailing = first;
    failures = times;
    moment = when;
    failed = 0;
    return this;
  }

  /** Lets the next {@code times} operations fail that fit. */
  public synchronized FaultPlan failNext(
      long times, Moment when, Predicate<Operation> operationsToFail) {
    selected = operationsToFail;
    return fail(operations.size() + 1L, times, when);
  }

  /**
   * Does something before the next operation of a shape; nothing fails.
   *
   * @return true when it is done
   */
  public synchronized AtomicBoolean before(String shape, Action action) {
    AtomicBoolean done = new AtomicBoolean();
    failNext(
        1,
        Moment.BEFORE,
        operation -> {
          if (operation.shape().equals(shape) && done.compareAndSet(false, true)) {
            try {
              action.run();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
          return false;
        });
    return done;
  }

  /** From now on files can't be deleted, and storage says no more than that they were not. */
  public synchronized void deleteNothing() {
    deletesNothing = true;
  }

  synchronized boolean deletesNothing() {
    return deletesNothing;
  }

  /** Lets operations of background log maintenance fail and be recorded too. */
  public synchronized FaultPlan includingBackground() {
    background = true;
    return this;
  }

  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  public synchronized void forgetOperations() {
    operations.clear();
  }

  /** How many operations have failed. */
  public synchronized long failed() {
    return failed;
  }

  /** The files of the streams that were opened and not closed, for reading or writing. */
  public synchronized List<Path> openStreams() {
    return List.copyOf(openStreams.values());
  }

  synchronized void opened(Closeable stream, Path file) {
    openStreams.put(stream, file);
  }

  synchronized void closed(Closeable stream) {
    openStreams.remove(stream);
  }

  /** Decides whether this operation fails, and throws if it fails before it happens. */
  synchronized boolean begin(String kind, Path path) throws IOException {
    if (!background && BACKGROUND_THREADS.contains(Thread.currentThread().getName())) {
      return false;
    }
    Operation operation = new Operation(kind, path);
    operations.add(operation);
    boolean fails =
        operations.size() >= firstFailing && failed < failures && selected.test(operation);
    if (fails) {
      failed++;
      if (moment == Moment.BEFORE) {
        throw new IOException("Injected before operation " + operations.size() + ": " + operation);
      }
    }
    return fails;
  }

  /** Throws if this operation fails after it happened. */
  void end(boolean fails, String kind, Path path) throws IOException {
    if (fails) {
      throw new IOException("Injected after " + kind + " of " + path + " took effect");
    }
  }
}
