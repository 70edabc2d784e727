/**
 * All that keeps the tables of a lake healthy, as one process: start at {@link
 * io.medallion.maintenance.maintain.Maintenance}.
 */
package io.medallion.maintenance.maintain;
