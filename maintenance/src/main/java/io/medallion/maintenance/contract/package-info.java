/** The command {@code medallion contract}: checks, compares, describes and exports contracts. */
package io.medallion.maintenance.contract;
