/** What was read from: that it is still the same Event Hub, and where it has no records. */
package io.medallion.job.hub;
