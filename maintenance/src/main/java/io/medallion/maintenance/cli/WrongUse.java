package io.medallion.maintenance.cli;

/** What the user has to mend on the command line. */
public final class WrongUse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongUse(String message) {
    super(message);
  }

  /** The folder holds no table. */
  public static WrongUse noLake(String folder) {
    return new WrongUse(
        folder + " holds no table of a lake: --lake must name the folder that 'bronze' is in.");
  }
}
