/**
 * {@code medallion as-of}: which version of each table is that of one checkpoint; see {@link
 * io.medallion.maintenance.asof.AsOfCommand}.
 */
package io.medallion.maintenance.asof;
