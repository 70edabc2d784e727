package io.medallion.delta;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of Hadoop when a job that brought it along in its jar leaves a TaskManager, or when the
 * job's {@code main} is done with it.
 *
 * <p>Hadoop has a thread and a shutdown hook for as long as the JVM lives. Both would keep the
 * job's class loader, with all classes of its jar (some 40 MB of metaspace), for each job that was
 * there once. Where Hadoop is in Flink's folder lib, it belongs to all jobs and is left alone; put
 * it there for storage other than the local disk, whose clients have more threads than these.
 *
 * <p>The hook is found by reflection, for which {@code java.lang} has to be open, as it is in
 * Flink's default {@code env.java.opts.all}.
 */
public final class HadoopRelease implements Runnable {

  /** Of the release hook; one is enough for all sinks of a job. */
  static final String NAME = "medallion-hadoop";

  private static final Logger LOG = LoggerFactory.getLogger(HadoopRelease.class);

  @Override
  public void run() {
    if (FileSystem.class.getClassLoader() == Sink.class.getClassLoader()) {
      return;
    }
    try {
      cleaner().interrupt();
      shutdownHooks().forEach(Runtime.getRuntime()::removeShutdownHook);
      FileSystem.closeAll();
    } catch (IllegalStateException end) {
      LOG.debug("The JVM ends, and Hadoop with it", end);
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      LOG.warn(
          "The classes of this job stay in memory. Put Hadoop into Flink's folder lib, or start the JVM with --add-opens=java.base/java.lang=ALL-UNNAMED",
          e);
    }
  }

  /** The thread that counts reads and writes of threads that are gone. */
  private static Thread cleaner() throws ReflectiveOperationException {
    Field thread = FileSystem.Statistics.class.getDeclaredField("STATS_DATA_CLEANER");
    thread.setAccessible(true);
    return (Thread) thread.get(null);
  }

  /** Those of this Hadoop: threads that were not started. None while the JVM ends. */
  private static List<Thread> shutdownHooks() throws ReflectiveOperationException {
    Class<?> all = Class.forName("java.lang.ApplicationShutdownHooks");
    Field hooks = all.getDeclaredField("hooks");
    hooks.setAccessible(true);
    // As the JDK does when it adds or removes one.
    synchronized (all) {
      Map<?, ?> registered = (Map<?, ?>) hooks.get(null);
      return registered == null
          ? List.of()
          : registered.keySet().stream()
              .map(Thread.class::cast)
              .filter(hook -> hook.getClass().getClassLoader() == FileSystem.class.getClassLoader())
              .toList();
    }
  }
}
