/** Where on-time and late events part, and the table of the late ones. */
package io.medallion.job.late;
