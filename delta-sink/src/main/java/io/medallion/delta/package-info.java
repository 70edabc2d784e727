/** Exactly-once Flink sink (Sink V2) for Delta Lake tables, on Delta Kernel. */
package io.medallion.delta;
