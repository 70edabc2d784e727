/** The second layer: valid events, typed and enriched. */
package io.medallion.job.silver;
