package io.medallion.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of this program and of what it stands on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties versions = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      versions.load(file);
    }
    return new String[] {
      "medallion " + versions.getProperty("medallion"),
      "Flink %s, Delta Kernel %s, Java %s"
          .formatted(
              versions.getProperty("flink"),
              versions.getProperty("delta-kernel"),
              Runtime.version())
    };
  }
}
