package io.medallion.maintenance.cli;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeAccess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of all commands on a lake. */
public final class LakeOptions {

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "The lake's folder, or its URI.")
  private String lake;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "The job's settings; those for its storage are hadoop.*.")
  private String conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job, over that of --conf; may be given more than once.")
  private Map<String, String> settings = new LinkedHashMap<>();

  public String lake() {
    return lake;
  }

  /** Names the lake; nothing is read of it yet. */
  public Lake open() {
    try {
      return access().lake();
    } catch (IllegalArgumentException e) {
      throw new WrongUse(e.getMessage());
    }
  }

  /** The error of a folder that holds no table. */
  public WrongUse holdsNothing() {
    return new WrongUse(
        lake + " holds no table of a lake: --lake must name the folder that 'bronze' is in.");
  }

  public LakeAccess access() {
    return new LakeAccess(lake, Optional.ofNullable(conf), settings);
  }
}
