/** The medallion job: its topology, its entry point and its configuration. */
package io.medallion.job;
