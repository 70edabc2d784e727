package io.medallion.local.bronze;

import io.medallion.maintenance.lake.FileRows;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import java.util.Map;

/** One run of one file for each of some partitions of an Event Hub, read in one go. */
final class FilePass implements Pass {

  private final FileRows rows;
  private final String eventHub;

  /** By the number of the partition. */
  private final Map<Integer, Run> runs;

  private final long lastRow;
  private long number = -1;

  /**
   * @param rows of the runs' file, with the columns of {@link StoredRecord} first; closed with this
   */
  FilePass(FileRows rows, String eventHub, Map<Integer, Run> runs) {
    this.rows = rows;
    this.eventHub = eventHub;
    this.runs = Map.copyOf(runs);
    this.lastRow = runs.values().stream().mapToLong(Run::lastRow).max().orElseThrow();
  }

  @Override
  public boolean next() {
    while (number < lastRow && rows.next()) {
      number++;
      Run run = runs.get(row().integer(StoredRecord.PARTITION));
      if (run != null
          && number >= run.firstRow()
          && number <= run.lastRow()
          && row().text(StoredRecord.EVENT_HUB).equals(eventHub)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public RowCursor row() {
    return rows.row();
  }

  @Override
  public void close() {
    rows.close();
  }
}
