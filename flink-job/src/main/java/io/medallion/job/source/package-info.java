/** Reading the Event Hub: records, event times, watermarks, where to start. */
package io.medallion.job.source;
