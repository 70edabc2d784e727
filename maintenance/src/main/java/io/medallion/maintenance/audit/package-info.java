/** Proves from the tables alone that nothing is lost, doubled or wrong. */
package io.medallion.maintenance.audit;
