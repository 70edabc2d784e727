package io.medallion.conformance;

import java.nio.file.Path;

/**
 * Where the build has put things. Relies on tests being run in the module's folder, as Maven does.
 */
final class BuildFolders {

  private BuildFolders() {}

  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** This module's {@code target}. */
  static Path target() {
    return Path.of("target").toAbsolutePath();
  }
}
