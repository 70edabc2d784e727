package io.medallion.maintenance.expire;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.medallion.cli.Ticker;
import io.medallion.delta.DeltaDelete;
import io.medallion.delta.DeltaDelete.Removal;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TableContent;
import io.medallion.maintenance.lake.TableLocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Removes from one table what is older than is kept, in one commit that also notes it for others
 * ({@link Expired}). The files stay in storage till a vacuum.
 *
 * <p>Of bronze and quarantine three columns of the files that go are read: which offsets are gone
 * is known from then on, however the senders' times were mixed.
 */
public final class TableExpiry {

  /** Tables by the day of arrival have rows of offsets that follow each other, more or less. */
  private static final String BY_ARRIVAL = "enqueuedDate";

  private static final List<String> PLACE = List.of("eventHub", "partition", "offset");

  private final TableLocation location;
  private final Duration keep;
  private final Instant now;
  private final Ticker ticker;
  private final Engine engine;

  private final Set<String> read = new HashSet<>();
  private final Map<Partition, Long> offsets = new HashMap<>();
  private OldFiles chosen;

  /** The version of which they are. */
  private long chosenOf = -1;

  /**
   * @param keep rows that are younger stay
   */
  public TableExpiry(TableLocation location, Duration keep, Clock clock, Ticker ticker) {
    this.location = location;
    this.keep = keep;
    this.now = clock.instant();
    this.ticker = ticker;
    this.engine = location.engine();
  }

  /**
   * Says what would be removed; empty if there is no such table.
   *
   * @throws io.medallion.delta.TableConflictException if nothing may be removed from the table
   */
  public Optional<ExpiryResult> plan() {
    return location
        .newest(engine)
        .map(table -> ExpiryResult.of(oldFiles(table), OptionalLong.empty()));
  }

  /**
   * Removes what is old; empty if there is no such table.
   *
   * @throws io.medallion.delta.TableConflictException as {@link #plan}
   */
  public Optional<ExpiryResult> run() throws InterruptedException {
    Optional<Snapshot> table = location.newest(engine);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Optional<DeltaDelete.Result> done = Optional.empty();
    if (!oldFiles(table.get()).files().isEmpty()) {
      done = DeltaDelete.run(table.get(), location.path(), location.settings(), this::choose);
    }
    return Optional.of(
        ExpiryResult.of(
            chosen,
            done.map(result -> OptionalLong.of(result.version())).orElse(OptionalLong.empty())));
  }

  /** Reads the log once a version. */
  private OldFiles oldFiles(Snapshot table) {
    if (table.getVersion() != chosenOf) {
      DeltaDelete.require(table);
      chosen = OldFiles.of(engine, table, keep, now);
      chosenOf = table.getVersion();
    }
    return chosen;
  }

  private Removal choose(Snapshot table) {
    oldFiles(table);
    if (table.getPartitionColumnNames().contains(BY_ARRIVAL)) {
      readOffsets(table, chosen.files());
    }
    return new Removal(
        chosen.files().stream().map(DataFile::scanRow).toList(),
        chosen.predicate(),
        Expired.of(table).and(chosen.before(), offsets).toProperties());
  }

  /** Of files that were not read at an earlier try. */
  private void readOffsets(Snapshot table, List<DataFile> files) {
    TableContent content = TableContent.of(engine, table);
    List<DataFile> unread = files.stream().filter(file -> !read.contains(file.path())).toList();
    ticker.expect(unread.stream().mapToLong(DataFile::rows).sum());
    for (DataFile file : unread) {
      content.read(
          List.of(file),
          PLACE,
          row -> {
            ticker.tick();
            offsets.merge(new Partition(row.text(0), row.integer(1)), row.bigint(2) + 1, Math::max);
          });
      read.add(file.path());
    }
  }
}
