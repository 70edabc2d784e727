/**
 * What is older than somebody wants to keep leaves the tables of a lake: whole days of bronze,
 * silver, quarantine and late, and whole windows of gold. Start at {@link
 * io.medallion.maintenance.expire.TableExpiry}; what was removed, {@link
 * io.medallion.maintenance.lake.Expired} says to others.
 */
package io.medallion.maintenance.expire;
