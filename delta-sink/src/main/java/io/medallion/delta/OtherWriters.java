package io.medallion.delta;

import io.delta.kernel.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What other writers did to a table since the sink's last commit, as far as it concerns the sink:
 * whether one put the table back, and so took out rows that the sink had committed.
 *
 * <p>Each version is looked at once.
 */
final class OtherWriters {

  private static final long NONE = -1;

  private final TableLog log;

  /** Versions up to this one were looked at, or are the sink's. */
  private long seen = NONE;

  /** Version of the sink's last commit; {@value #NONE} if none is known. */
  private long own = NONE;

  private record PutBack(long version, LogEntry entry) {}

  OtherWriters(TableLog log) {
    this.log = log;
  }

  /** The sink has made a version. */
  void committed(long version) {
    seen = version;
    own = version;
  }

  /** Looks at what is new in a version of the table; tells who put it back, if somebody did. */
  Optional<String> putBack(Snapshot snapshot) {
    if (snapshot.getVersion() < seen) {
      seen = NONE;
      own = NONE;
    }
    List<PutBack> putBacks = new ArrayList<>();
    for (long version = snapshot.getVersion(); version > seen; version--) {
      Optional<LogEntry> entry = log.entry(snapshot, version);
      if (entry.isEmpty()) {
        break;
      }
      if (entry.get().commit().isPresent()) {
        own = version;
        break;
      }
      if (entry.get().putsTableBack()) {
        putBacks.add(new PutBack(version, entry.get()));
      }
    }
    Optional<PutBack> harm = harm(putBacks);
    if (harm.isPresent()) {
      return Optional.of(
          "version %d: %s".formatted(harm.get().version(), harm.get().entry().description()));
    }
    seen = snapshot.getVersion();
    return Optional.empty();
  }

  /** The first that took out rows of the sink, unless a restore brought them back. */
  private Optional<PutBack> harm(List<PutBack> newestFirst) {
    long last = Long.MAX_VALUE;
    for (PutBack putBack : newestFirst) {
      OptionalLong target = putBack.entry().restoredVersion();
      if (putBack.version() > last) {
        continue;
      }
      if (target.isEmpty() || target.getAsLong() < own) {
        return Optional.of(putBack);
      }
      // The table is that version again, whatever was done to it in between.
      last = target.getAsLong();
    }
    return Optional.empty();
  }
}
