package io.medallion.azure;

import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real storage account: hierarchical namespace, DFS endpoint, and whatever sign-in the {@code
 * core-site.xml} of {@code HADOOP_CONF_DIR} chooses.
 */
class RealAccountITCase {

  private static final String CONTAINER = "MEDALLION_ADLS";

  @Test
  @EnabledIfEnvironmentVariable(
      named = CONTAINER,
      matches = "abfss?://.+@.+",
      disabledReason =
          "no real account: set MEDALLION_ADLS=abfss://CONTAINER@ACCOUNT.dfs.core.windows.net and"
              + " HADOOP_CONF_DIR (docs/azure.md)")
  void oneCreatorWinsOnARealAccount() throws Exception {
    Configuration configuration = new Configuration();
    configuration.addResource(new Path(System.getenv("HADOOP_CONF_DIR"), "core-site.xml"));
    Path folder = new Path(System.getenv(CONTAINER) + "/medallion-test-" + UUID.randomUUID());
    try {
      StorageContract.assertOneCreatorWins(folder, configuration, 10);
    } finally {
      try (FileSystem connection = FileSystem.newInstance(folder.toUri(), configuration)) {
        connection.delete(folder, true);
      }
    }
  }
}
