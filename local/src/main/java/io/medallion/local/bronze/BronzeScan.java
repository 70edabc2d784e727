package io.medallion.local.bronze;

import io.medallion.cli.Ticker;
import io.medallion.job.hub.HubName;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.FileRows;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds where in the files of bronze each partition's records are, in which order. Of rows only
 * place and time are read. The job writes each partition in order, and compaction keeps most of it;
 * statistics can't tell, because most files have rows of several partitions.
 *
 * <p>Of a partition, all from its first record in the range of time to its last one is taken: a
 * sender's clock may go back, and a replay must have no gap that the stream did not have.
 *
 * <p>Kept in memory are the offsets, a bit each where they are dense, and the {@link Run}s.
 */
public final class BronzeScan {

  /** A run takes some 100 bytes in each subtask; the job writes one for a partition and file. */
  private static final int MOST_RUNS = 500_000;

  private static final List<String> COLUMNS =
      List.of("eventHub", "partition", "offset", "enqueuedTime");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int ENQUEUED_TIME = 3;

  private final TableVersion bronze;
  private final TimeRange range;
  private final Ticker ticker;
  private final Partitions partitions = new Partitions();
  private final Offsets offsets = new Offsets();
  private final Map<Partition, Found> found = new TreeMap<>();
  private int runs;

  private BronzeScan(TableVersion bronze, TimeRange range, Ticker ticker) {
    this.bronze = bronze;
    this.range = range;
    this.ticker = ticker;
  }

  /**
   * Scans a version of bronze.
   *
   * @param range of enqueued time
   * @return the Event Hubs with records in the range, in the order in which the lake was read from
   *     them
   * @throws IllegalStateException if its rows are in an order that can't be followed
   */
  public static List<RecordedHub> of(TableVersion bronze, TimeRange range, Ticker ticker) {
    BronzeScan scan = new BronzeScan(bronze, range, ticker);
    ticker.expect(
        bronze.files().stream()
            .filter(file -> file.mayHold("enqueuedTime", range))
            .mapToLong(DataFile::rows)
            .sum());
    List<DataFile> others = new ArrayList<>();
    for (DataFile file : bronze.files()) {
      if (file.mayHold("enqueuedTime", range)) {
        scan.read(file);
      } else {
        others.add(file);
      }
    }
    others.stream().filter(scan::mayHoldOffsetsOfRange).forEach(scan::read);
    return scan.hubs();
  }

  private void read(DataFile file) {
    try (FileRows rows = bronze.open(file, COLUMNS)) {
      for (long number = 0; rows.next(); number++) {
        ticker.tick();
        row(file.path(), number, rows.row());
      }
    }
    found.values().forEach(Found::endRun);
  }

  private void row(String file, long number, RowCursor row) {
    Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
    long offset = row.bigint(OFFSET);
    offsets.add(partition, offset);
    found
        .computeIfAbsent(partition, p -> new Found())
        .row(file, number, offset, row.bigint(ENQUEUED_TIME));
  }

  private boolean mayHoldOffsetsOfRange(DataFile file) {
    long least = file.statistics().path("minValues").path("offset").asLong(Long.MIN_VALUE);
    long greatest = file.statistics().path("maxValues").path("offset").asLong(Long.MAX_VALUE);
    return found.values().stream().anyMatch(one -> least <= one.last && greatest >= one.first);
  }

  private List<RecordedHub> hubs() {
    Map<String, List<Partition>> byHub = new TreeMap<>();
    found.forEach(
        (partition, one) -> {
          if (one.first <= one.last) {
            byHub.computeIfAbsent(partition.eventHub(), hub -> new ArrayList<>()).add(partition);
          }
        });
    return byHub.entrySet().stream()
        .map(hub -> hub(HubName.of(hub.getKey()), hub.getValue()))
        .sorted(Comparator.comparingInt(hub -> hub.name().generation()))
        .toList();
  }

  private RecordedHub hub(HubName name, List<Partition> ofHub) {
    return new RecordedHub(
        name,
        ofHub.stream()
            .map(partition -> found.get(partition).partition(partition.number()))
            .toList(),
        ofHub.stream()
            .mapToLong(
                partition ->
                    offsets.count(partition, found.get(partition).first, found.get(partition).last))
            .sum());
  }

  /** What was found of a partition. */
  private final class Found {

    private final List<Run> all = new ArrayList<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private String file;
    private long firstRow;
    private long lastRow;
    private long firstOffset;
    private long lastOffset;
    private long firstTime;

    void row(String ofFile, long number, long offset, long time) {
      if (file == null || offset <= lastOffset) {
        endRun();
        file = ofFile;
        firstRow = number;
        firstOffset = offset;
        firstTime = time;
      }
      lastRow = number;
      lastOffset = offset;
      if (range.contains(time)) {
        first = Math.min(first, offset);
        last = Math.max(last, offset);
      }
    }

    void endRun() {
      if (file == null) {
        return;
      }
      if (++runs > MOST_RUNS) {
        throw new IllegalStateException(
            "Bronze has more than %,d stretches of files, each with a part of a partition in order. Compact it ('medallion compact --table bronze'), or replay a part of it, with --from and --to. If that does not help, a tool that sorts otherwise has rewritten the table"
                .formatted(MOST_RUNS));
      }
      all.add(new Run(file, firstRow, lastRow, firstOffset, lastOffset, firstTime));
      file = null;
    }

    RecordedPartition partition(int number) {
      return new RecordedPartition(
          number,
          first,
          last,
          all.stream()
              .filter(run -> run.lastOffset() >= first && run.firstOffset() <= last)
              .sorted(Comparator.comparingLong(Run::firstOffset))
              .toList());
    }
  }
}
