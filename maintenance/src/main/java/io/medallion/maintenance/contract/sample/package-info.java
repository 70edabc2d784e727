/** What the job would make of sample events, one a line. */
package io.medallion.maintenance.contract.sample;
