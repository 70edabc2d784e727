/** A plain report on the model of a contract, in PBIR. Start at {@link PlainReport}. */
package io.medallion.powerbi.report;
