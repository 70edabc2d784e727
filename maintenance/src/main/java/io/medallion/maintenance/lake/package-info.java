/** Reads the tables of a lake as they were at one checkpoint of the job, without the job. */
package io.medallion.maintenance.lake;
