package io.medallion.maintenance.audit;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.types.StructField;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableVersion;
import java.util.List;

/** What readers rely on in the tables themselves, whatever their rows: read from the log alone. */
final class TableChecks {

  private static final Protocol PROTOCOL = new Protocol(1, 2);

  private final LakeVersion lake;

  TableChecks(LakeVersion lake) {
    this.lake = lake;
  }

  /** All tables are there. While the job makes them, some may not be yet: then none has a row. */
  CheckResult tables() {
    Findings findings = new Findings("tables", "all tables of the lake are there");
    findings.count("tables", lake.tables().size());
    boolean hasRows = lake.tables().values().stream().anyMatch(table -> table.rows() > 0);
    if (hasRows) {
      lake.missing().stream()
          .filter(table -> !table.equals(lake.definitions().gaps()) || !isOfFirstRelease())
          .forEach(table -> findings.violation("there is no table %s", table.path()));
    }
    return findings.result();
  }

  /** A lake on which no later release was started has none of its tables and columns. */
  private boolean isOfFirstRelease() {
    TableVersion bronze = lake.tables().get(lake.definitions().bronze());
    return bronze != null && bronze.snapshot().getSchema().indexOf("timestampType") < 0;
  }

  CheckResult protocol() {
    Findings findings =
        new Findings("protocol", "reader version 1 and writer version 2: any reader can read it");
    for (TableVersion table : lake.tables().values()) {
      Protocol actual = table.snapshot().getProtocol();
      if (!actual.equals(PROTOCOL)) {
        findings.violation("%s has %s", table.table().path(), actual);
      }
    }
    findings.count("tables", lake.tables().size());
    return findings.result();
  }

  /** A table may have more columns, as long as the job need not fill them. */
  CheckResult schema() {
    Findings findings = new Findings("schema", "columns and partitioning are as the job has them");
    long columns = 0;
    for (TableVersion table : lake.tables().values()) {
      String name = table.table().path();
      Snapshot snapshot = table.snapshot();
      for (StructField field : table.table().schema().fields()) {
        columns++;
        int index = snapshot.getSchema().indexOf(field.getName());
        if (index < 0 && table.table().isAddedLater(field.getName())) {
          continue;
        }
        if (index < 0) {
          findings.violation("%s has no column %s", name, field.getName());
        } else if (!snapshot.getSchema().at(index).getDataType().equivalent(field.getDataType())) {
          findings.violation(
              "%s: column %s is %s instead of %s",
              name,
              field.getName(),
              snapshot.getSchema().at(index).getDataType(),
              field.getDataType());
        }
      }
      List<String> partitionColumns = snapshot.getPartitionColumnNames();
      if (!partitionColumns.equals(table.table().partitionColumns())) {
        findings.violation(
            "%s is partitioned by %s instead of %s",
            name, partitionColumns, table.table().partitionColumns());
      }
    }
    findings.count("columns", columns);
    return findings.result();
  }

  /** Synapse serverless fails on a null partition value. */
  CheckResult partitionValues() {
    Findings findings = new Findings("partition-values", "no partition value is null");
    long files = 0;
    for (TableVersion table : lake.tables().values()) {
      for (DataFile file : table.files()) {
        files++;
        for (String column : table.table().partitionColumns()) {
          if (file.partition().get(column) == null) {
            findings.violation("%s: %s is null", file.path(), column);
          }
        }
      }
    }
    findings.count("files", files);
    return findings.result();
  }

  CheckResult statistics() {
    Findings findings = new Findings("statistics", "every file has row count, bounds, null counts");
    long files = 0;
    for (TableVersion table : lake.tables().values()) {
      for (DataFile file : table.files()) {
        files++;
        if (!file.statistics().path("numRecords").isIntegralNumber()
            || file.statistics().path("minValues").isEmpty()
            || file.statistics().path("maxValues").isEmpty()
            || file.statistics().path("nullCount").isEmpty()) {
          findings.violation("%s has %s", file.path(), file.statistics());
        }
      }
    }
    findings.count("files", files);
    return findings.result();
  }
}
