package io.medallion.maintenance.expire;

import io.medallion.cli.Figures;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What was removed from a table, or would be.
 *
 * @param before all rows that were removed are of days or windows that ended by then
 * @param version that the removal made; empty if there was nothing to remove, or it was only tried
 */
public record ExpiryResult(Instant before, int files, long bytes, long rows, OptionalLong version) {

  static ExpiryResult of(OldFiles old, OptionalLong version) {
    return new ExpiryResult(old.before(), old.files().size(), old.bytes(), old.rows(), version);
  }

  /** For people, without the table's name. */
  public String toText() {
    if (files == 0) {
      return "nothing up to " + before;
    }
    return "%s rows up to %s in %s files (%s) %s"
        .formatted(
            Figures.count(rows),
            before,
            Figures.count(files),
            Figures.bytes(bytes),
            version.isPresent() ? "removed; version " + version.getAsLong() : "would be removed");
  }
}
