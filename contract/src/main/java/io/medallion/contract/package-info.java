/**
 * What an event, a rule, a derived column and a table of gold is: one declaration, read from a
 * contract file and checked as a whole. Knows nothing of Flink, Kafka or Hadoop.
 */
package io.medallion.contract;
