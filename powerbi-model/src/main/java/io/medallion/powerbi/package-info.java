/**
 * Power BI projects out of contracts: {@code medallion powerbi}. Start at {@link
 * io.medallion.powerbi.Project}.
 */
package io.medallion.powerbi;
