/**
 * The job on a standalone Flink cluster of real processes.
 *
 * <p>{@link io.medallion.cluster.Workspace} is the folder of a test and the end of all its
 * processes; {@link io.medallion.cluster.FlinkCluster}, {@link io.medallion.cluster.BrokerServer}
 * and {@link io.medallion.cluster.ZooKeeperServer} are what runs in it; {@link
 * io.medallion.cluster.WeatherPipeline} puts them together.
 */
package io.medallion.cluster;
