package io.medallion.job.testing;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Commits, and once armed fails right after the next commit was made: its outcome is not told. */
public final class FailingLogStore extends HDFSLogStore {

  private static final AtomicBoolean ARMED = new AtomicBoolean();

  public FailingLogStore(Configuration hadoop) {
    super(hadoop);
  }

  public static void arm() {
    ARMED.set(true);
  }

  public static boolean hasFailed() {
    return !ARMED.get();
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    super.write(path, actions, overwrite, hadoop);
    if (path.getName().endsWith(".json") && ARMED.compareAndSet(true, false)) {
      throw new IllegalStateException("injected failure after the commit of " + path);
    }
  }
}
