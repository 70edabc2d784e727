/**
 * Compaction: many small files of a table become few large ones, without a change of its rows.
 * Start at {@link io.medallion.maintenance.compact.TableCompaction}.
 */
package io.medallion.maintenance.compact;
