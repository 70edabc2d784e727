/** Load generator: plausible weather for any Kafka endpoint or Event Hub. */
package io.medallion.generator;
