package io.medallion.maintenance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.io.IOException;
import java.nio.file.Path;

/** Runs of a command in which each storage operation fails in turn, on a copy of a lake each. */
public final class CrashedRuns {

  private final Path original;
  private final Path folder;
  private final Run run;

  /** What the command does. */
  public interface Run {
    void on(SmallLake lake) throws Exception;
  }

  /** What has to hold after a run in which an operation failed; storage is in order again. */
  public interface Check {
    void of(SmallLake lake, String name, boolean crashed) throws Exception;
  }

  /**
   * Nothing is run yet.
   *
   * @param original the lake's folder
   * @param folder where the copies go, each in a folder of its name
   */
  public CrashedRuns(Path original, Path folder, Run run) {
    this.original = original;
    this.folder = folder;
    this.run = run;
  }

  /** A copy on a disk that fails on demand, by the plan of that name. */
  public SmallLake copy(String name) throws IOException {
    FaultPlan.create(name);
    SmallLake.copy(original, folder.resolve(name));
    return SmallLake.onFaultyDisk(name, folder.resolve(name));
  }

  /**
   * Runs once for each operation and moment.
   *
   * @param moreThan so many operations a run is known to have
   */
  public void each(int moreThan, Check check) throws Exception {
    SmallLake counted = copy("count");
    FaultPlan faults = FaultPlan.create("count");
    run.on(counted);
    int operations = faults.operations().size();
    assertThat(operations).isGreaterThan(moreThan);
    for (Moment moment : Moment.values()) {
      for (int n = 1; n <= operations; n++) {
        String name = moment + "-" + n;
        SmallLake lake = copy(name);
        FaultPlan plan = FaultPlan.create(name).fail(n, 1, moment);
        boolean crashed = false;
        try {
          run.on(lake);
        } catch (RuntimeException | IOException injected) {
          crashed = true;
          assertThat(injected).as(name).hasStackTraceContaining("Injected");
        }
        assertThat(plan.failed()).as(name).isEqualTo(1);
        plan.fail(Long.MAX_VALUE, 0, moment);
        check.of(lake, name, crashed);
        assertThat(plan.openStreams()).as(name).isEmpty();
      }
    }
  }
}
