/** Derived weather quantities: pure functions, NaN where a formula does not hold. */
package io.medallion.job.enrich;
