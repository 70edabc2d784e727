package io.medallion.dashboard.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table at one moment, by its log.
 *
 * @param name its folder under the lake's root
 * @param present whether there is such a table
 * @param rowsPerSecond over the time of the last few commits up to now
 * @param operation of the last commit, as the writer calls it
 * @param recent rows of the last commits, oldest first
 * @param problem why it cannot be read
 */
public record TableState(
    String name,
    boolean present,
    long version,
    long files,
    long rows,
    long bytes,
    double rowsPerSecond,
    Optional<Instant> committed,
    String operation,
    List<Long> recent,
    Optional<String> problem) {}
