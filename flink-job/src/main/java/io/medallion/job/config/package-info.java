/** The job's settings: read once, checked, and typed. */
package io.medallion.job.config;
