/**
 * The history of tables: which version did what. Start at {@link
 * io.medallion.maintenance.history.HistoryCommand}.
 */
package io.medallion.maintenance.history;
