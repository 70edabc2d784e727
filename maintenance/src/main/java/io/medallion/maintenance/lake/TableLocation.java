package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.medallion.delta.FileNamingEngine;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a table of a lake is, and how its storage is reached.
 *
 * @param path the table's root as a URI
 * @param settings of the file system by Hadoop's names, over those of core-site.xml; may hold
 *     secrets and are therefore not part of {@link #toString}
 */
public record TableLocation(TableDefinition table, String path, Map<String, String> settings) {

  public TableLocation {
    settings = Map.copyOf(settings);
  }

  /** Made anew at each call because it is mutable. */
  public Configuration hadoop() {
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    return hadoop;
  }

  public Engine engine() {
    return FileNamingEngine.create(hadoop());
  }

  /** The newest version; empty if there is no such table. */
  public Optional<Snapshot> newest(Engine engine) {
    try {
      return Optional.of(TableManager.loadSnapshot(path).build(engine));
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return table.path() + " (" + path + ")";
  }
}
