package io.medallion.delta;

import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** What a Delta table says of itself. */
public final class TableProperties {

  private TableProperties() {}

  /**
   * The properties of a table's newest version.
   *
   * @param path the table's root, any Hadoop path
   * @param hadoopConf Hadoop settings on top of those on the class path
   * @return empty if there is no table
   */
  public static Optional<Map<String, String>> of(String path, Map<String, String> hadoopConf) {
    Configuration configuration = new Configuration();
    hadoopConf.forEach(configuration::set);
    try {
      return Optional.of(
          TableManager.loadSnapshot(path)
              .build(FileNamingEngine.create(configuration))
              .getTableProperties());
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }
}
