package io.medallion.maintenance.lake;

import io.medallion.job.config.ConfigException;
import io.medallion.job.config.HadoopSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a lake is and how to get at it, as every command takes it: {@code --lake}, and of the job's
 * settings those for the storage ({@code hadoop.*}), from {@code --conf} and {@code --set}.
 *
 * @param folder a local folder, or the URI of one
 * @param conf a file of the job's settings
 * @param settings over those of the file
 */
public record LakeAccess(String folder, Optional<String> conf, Map<String, String> settings) {

  public LakeAccess {
    settings = new LinkedHashMap<>(settings);
  }

  /** A lake that needs no settings. */
  public static LakeAccess to(String folder) {
    return new LakeAccess(folder, Optional.empty(), Map.of());
  }

  /**
   * Names the lake; nothing is read of it yet.
   *
   * @throws IllegalArgumentException if a setting is unknown or malformed
   */
  public Lake lake() {
    try {
      return Lake.at(folder, HadoopSettings.fromArgs(jobArguments()));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The arguments that the job would have for these settings. */
  public String[] jobArguments() {
    List<String> arguments = new ArrayList<>();
    conf.ifPresent(file -> arguments.addAll(List.of("--conf", file)));
    settings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    return arguments.toArray(String[]::new);
  }

  /**
   * The arguments that the job would be started with.
   *
   * @param lakePath the lake that it writes
   * @param contract its name or file; empty for the default
   */
  public String[] jobArguments(String lakePath, Optional<String> contract) {
    List<String> arguments = new ArrayList<>(List.of(jobArguments()));
    arguments.addAll(List.of("--lake.path", lakePath));
    contract.ifPresent(named -> arguments.addAll(List.of("--contract", named)));
    return arguments.toArray(String[]::new);
  }

  /** The options of another command that opens the same lake. */
  public List<String> options() {
    List<String> options = new ArrayList<>(List.of("--lake", folder));
    conf.ifPresent(file -> options.addAll(List.of("--conf", file)));
    settings.forEach((key, value) -> options.addAll(List.of("--set", key + "=" + value)));
    return options;
  }

  /** Names the settings, not their values. */
  @Override
  public String toString() {
    return "LakeAccess[%s, conf=%s, settings=%s]".formatted(folder, conf, settings.keySet());
  }
}
