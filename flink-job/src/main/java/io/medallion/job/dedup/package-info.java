/** Copies of an event that a producer sent twice are taken out. */
package io.medallion.job.dedup;
