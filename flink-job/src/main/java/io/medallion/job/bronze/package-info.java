/** The first layer: every event, its bytes untouched. */
package io.medallion.job.bronze;
