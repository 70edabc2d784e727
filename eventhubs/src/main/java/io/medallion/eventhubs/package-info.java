/** How a Kafka client signs in to Azure Event Hubs, and a check that says why it cannot. */
package io.medallion.eventhubs;
