package io.medallion.local;

import io.medallion.maintenance.audit.AuditReport;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TimeRange;
import java.io.PrintStream;
import java.util.Optional;

/** Whether a run ends with an audit of the lake. */
enum AuditChoice {
  /** Of a lake that is audited in seconds. */
  AUTO,
  ALWAYS,
  NEVER;

  private static final long FEW_EVENTS = 2_000_000;

  /** Audits, if so chosen, a lake whose job has ended. */
  Optional<AuditReport> audit(LakeFolder lake, TableRows rows, PrintStream progress) {
    boolean wanted =
        switch (this) {
          case AUTO -> rows.bronze() <= FEW_EVENTS;
          case ALWAYS -> true;
          case NEVER -> false;
        };
    if (!wanted) {
      return Optional.empty();
    }
    String folder = lake.root().toString();
    return Optional.of(
        AuditReport.of(folder, Lake.at(folder).openAtRest(), TimeRange.ALL, progress));
  }
}
