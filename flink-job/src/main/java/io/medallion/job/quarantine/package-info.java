/** Events that break the contract, with their bytes and the reason. */
package io.medallion.job.quarantine;
