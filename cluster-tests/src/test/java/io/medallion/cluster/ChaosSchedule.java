package io.medallion.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What goes wrong when: the same for the same seed and length. Every kind of fault comes once
 * before any comes again, a few seconds after the one before; those that last overlap with the next
 * ones, except that a rescale begins when nothing else is under way.
 */
final class ChaosSchedule {

  /** What can go wrong, or be done on purpose. */
  enum Fault {
    KILL_TASK_MANAGER(0, 0),
    KILL_JOB_MANAGER(0, 0),
    /** Longer than the heartbeat's timeout: the cluster gives it up, and it doesn't know. */
    PAUSE_TASK_MANAGER(13, 18),
    STOP_BROKER(2, 8),
    FILL_LAKE(4, 10),
    LOCK_LAKE(4, 10),
    /** A stop with savepoint, and a start at another parallelism. */
    RESCALE(0, 0);

    private final int shortest;
    private final int longest;

    Fault(int shortestSeconds, int longestSeconds) {
      this.shortest = shortestSeconds;
      this.longest = longestSeconds;
    }

    private boolean lasts() {
      return longest > 0;
    }
  }

  /**
   * A moment of the schedule.
   *
   * @param at time since the schedule began
   * @param fault what it is about
   * @param ends whether it is the end of a fault that lasts
   * @param choice of a process or a parallelism; not negative
   */
  record Step(Duration at, Fault fault, boolean ends, int choice) {

    @Override
    public String toString() {
      return "%s%s, planned for %.1f s"
          .formatted(ends ? "end of " : "", fault, at.toMillis() / 1e3);
    }
  }

  private static final int FIRST_MILLIS = 8_000;
  private static final int SHORTEST_GAP_MILLIS = 5_000;
  private static final int LONGEST_GAP_MILLIS = 10_000;

  private ChaosSchedule() {}

  /** The steps of a run in the order of time; the last one begins within the load's time. */
  static List<Step> of(long seed, Duration load) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    List<Fault> next = new ArrayList<>();
    long at = FIRST_MILLIS;
    Map<Fault, Long> ends = new EnumMap<>(Fault.class);
    while (true) {
      if (next.isEmpty()) {
        next.addAll(Arrays.asList(Fault.values()));
        Collections.shuffle(next, random);
      }
      Fault fault = next.remove(0);
      int choice = random.nextInt(Integer.MAX_VALUE);
      for (Map.Entry<Fault, Long> last : ends.entrySet()) {
        if (fault == Fault.RESCALE || fault == last.getKey()) {
          at = Math.max(at, last.getValue() + 1);
        }
      }
      if (at >= load.toMillis()) {
        steps.sort(Comparator.comparing(Step::at));
        return List.copyOf(steps);
      }
      steps.add(new Step(Duration.ofMillis(at), fault, false, choice));
      if (fault.lasts()) {
        long end = at + between(random, fault.shortest * 1000, fault.longest * 1000);
        steps.add(new Step(Duration.ofMillis(end), fault, true, choice));
        ends.put(fault, end);
      }
      at += between(random, SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS);
    }
  }

  private static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
