/** What is accepted of an event's values: the default rules, and those of a configuration. */
package io.medallion.job.rules;
