/**
 * Load generator: plausible events of a contract for any Kafka endpoint or Event Hub.
 *
 * <p>{@link io.medallion.generator.GeneratorCommand} is the command line, {@link
 * io.medallion.generator.EventGenerator} the same as a call.
 */
package io.medallion.generator;
