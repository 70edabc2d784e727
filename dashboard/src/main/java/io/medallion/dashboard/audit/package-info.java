/** The audit of the lake, on demand. */
package io.medallion.dashboard.audit;
