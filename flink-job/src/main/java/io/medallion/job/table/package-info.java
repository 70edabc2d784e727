/** What the tables of all layers have in common. */
package io.medallion.job.table;
