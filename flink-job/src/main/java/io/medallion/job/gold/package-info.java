/** Tumbling-window aggregates, by station and over all stations, and their tables. */
package io.medallion.job.gold;
