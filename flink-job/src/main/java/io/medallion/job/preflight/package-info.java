/**
 * What is tried before the job starts, so that a wrong setting is one line and not a retry loop.
 */
package io.medallion.job.preflight;
