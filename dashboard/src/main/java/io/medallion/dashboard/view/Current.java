package io.medallion.dashboard.view;

import java.util.Optional;

/**
 * What the newest closed window tells of a station, or of all.
 *
 * @param endSeconds of the window, since 1970
 * @param stations that it is of
 * @param minHumidity %
 * @param maxHumidity %
 * @param conditions the prevailing ones
 */
public record Current(
    Reading reading,
    long endSeconds,
    long stations,
    double minHumidity,
    double maxHumidity,
    Optional<String> conditions) {}
