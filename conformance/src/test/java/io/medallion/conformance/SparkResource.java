package io.medallion.conformance;

import org.apache.spark.sql.SparkSession;

/**
 * A Spark of one thread inside this process, with Delta's extensions; no port is open to others.
 */
record SparkResource(SparkSession session) implements AutoCloseable {

  static SparkResource start() {
    String target = BuildFolders.target().toString();
    return new SparkResource(
        SparkSession.builder()
            .master("local[1]")
            .appName("conformance")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", target + "/spark-local")
            .config("spark.sql.warehouse.dir", target + "/spark-warehouse")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 1)
            // Tables of a few rows: compiling each query would take far longer than to interpret
            // it.
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.adaptive.enabled", false)
            .config("spark.sql.constraintPropagation.enabled", false)
            .config("spark.databricks.delta.snapshotPartitions", 1)
            // Lets VACUUM remove files that are seconds old.
            .config("spark.databricks.delta.retentionDurationCheck.enabled", false)
            .config("spark.sql.datetime.java8API.enabled", true)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate());
  }

  @Override
  public void close() {
    session.stop();
  }
}
