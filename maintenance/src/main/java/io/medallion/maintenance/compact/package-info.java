/**
 * Compaction: many small files of a table become few large ones, without a change of its rows. What
 * is merged, and when; how is {@link io.medallion.delta.compact.FileMerge}. Start at {@link
 * io.medallion.maintenance.compact.TableCompaction}.
 */
package io.medallion.maintenance.compact;
