package io.medallion.powerbi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a project is written to. The model is written anew; a report that is there is left, as it
 * may be somebody's work. Nothing is deleted.
 */
final class ProjectFolder {

  private final Path folder;

  ProjectFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns whether the report was written. */
  boolean write(Project project) throws IOException {
    write(project.files());
    if (Files.exists(folder.resolve(project.reportFolder()))) {
      return false;
    }
    write(project.report());
    return true;
  }

  private void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /**
   * Files of tables in the model's folder that are not the project's, such as of an older contract.
   */
  List<String> otherTables(Project project) throws IOException {
    String tables = project.modelFolder() + "/definition/tables";
    try (Stream<Path> files = Files.list(folder.resolve(tables))) {
      return files
          .map(file -> tables + "/" + file.getFileName())
          .filter(path -> path.endsWith(".tmdl") && !project.files().containsKey(path))
          .sorted()
          .toList();
    }
  }
}
