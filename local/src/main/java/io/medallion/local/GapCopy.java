package io.medallion.local;

import io.medallion.delta.DeltaAppend;
import io.medallion.job.JobSinks;
import io.medallion.job.config.SinkConfig;
import io.medallion.job.hub.GapTable;
import io.medallion.job.hub.OffsetGap;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Adds a lake's gaps to its replay: why a record is missing only the broker could tell. */
final class GapCopy {

  private static final List<String> COLUMNS =
      List.of(
          "eventHub",
          "partition",
          "fromOffset",
          "toOffset",
          "cause",
          "enqueuedBefore",
          "enqueuedAfter",
          "detectedTime");

  private GapCopy() {}

  static void run(LakeVersion from, SinkConfig to) throws IOException, InterruptedException {
    TableDefinition gaps = from.definitions().gaps();
    if (from.files(gaps).isEmpty()) {
      return;
    }
    try (DeltaAppend<OffsetGap> target =
        DeltaAppend.to(JobSinks.delta(GapTable.table(), to), "replay")) {
      from.tables().get(gaps).read(from.files(gaps), COLUMNS, row -> write(target, gap(row)));
      target.commit();
    }
  }

  private static void write(DeltaAppend<OffsetGap> target, OffsetGap gap) {
    try {
      target.write(gap);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OffsetGap gap(RowCursor row) {
    OffsetGap gap = new OffsetGap();
    gap.eventHub = row.text(0);
    gap.partition = row.integer(1);
    gap.fromOffset = row.bigint(2);
    gap.toOffset = row.bigint(3);
    gap.cause = OffsetGap.Cause.valueOf(row.text(4));
    gap.enqueuedBefore = row.isNull(5) ? null : millis(row.bigint(5));
    gap.enqueuedAfter = millis(row.bigint(6));
    gap.detectedTime = millis(row.bigint(7));
    return gap;
  }

  private static long millis(long micros) {
    return Math.floorDiv(micros, 1000L);
  }
}
