package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.metrics.TransactionReport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMaintenanceTest {

  private static final TransactionReport NO_REPORT =
      (TransactionReport)
          Proxy.newProxyInstance(
              TransactionReport.class.getClassLoader(),
              new Class<?>[] {TransactionReport.class},
              (proxy, method, arguments) -> null);

  @TempDir private Path folder;

  private final CountDownLatch storageAnswers = new CountDownLatch(1);
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void whereStorageIsSlowerThanCommitsComeTheQueueDoesNotGrow() {
    TableSpec table =
        new TableSpec(folder.toString(), Numbers.ROW_TYPE, List.of(), Map.of(), Map.of());
    LogMaintenance maintenance =
        new LogMaintenance(
            table,
            DefaultEngine.create(new Configuration()),
            new CommitMetrics(new UnregisteredMetricsGroup(), true),
            () -> {});
    for (int version = 1; version <= 1_000; version++) {
      maintenance.submit(commit(version));
    }
    assertThat(maintenance.waiting()).isEqualTo(LogMaintenance.MAX_WAITING);

    storageAnswers.countDown();
    maintenance.close();
    assertThat(done).hasValue(1 + LogMaintenance.MAX_WAITING);
  }

  private TransactionCommitResult commit(int version) {
    return new TransactionCommitResult(
        version, List.of(new Checksum()), NO_REPORT, Optional.empty());
  }

  private final class Checksum implements PostCommitHook {

    @Override
    public void threadSafeInvoke(Engine engine) throws IOException {
      try {
        storageAnswers.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      done.incrementAndGet();
    }

    @Override
    public PostCommitHookType getType() {
      return PostCommitHookType.CHECKSUM_SIMPLE;
    }
  }
}
