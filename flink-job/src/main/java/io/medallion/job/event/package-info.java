/** What flows through the job: one weather event with its lineage and the verdict on it. */
package io.medallion.job.event;
