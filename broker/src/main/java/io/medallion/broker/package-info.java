/** An embedded Kafka broker that signs clients in as Event Hubs does. */
package io.medallion.broker;
