package io.medallion.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** Entry point of {@code medallion}: command line in, exit code out. */
public final class MedallionMain {

  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private MedallionMain() {}

  public static void main(String[] arguments) {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    boolean configured = System.getProperty(LOGGING_PROPERTY) != null;
    int exitCode =
        new CommandLineRunner(
                installed(),
                verbose -> {
                  if (!configured) {
                    System.setProperty(
                        LOGGING_PROPERTY,
                        verbose
                            ? "log4j2-medallion-verbose.properties"
                            : "log4j2-medallion.properties");
                  }
                })
            .execute(arguments, System.out, System.err);
    // Ends threads that libraries may have left.
    System.exit(exitCode);
  }

  /** The commands on the class path, by name. */
  private static List<Subcommand<?>> installed() {
    List<Subcommand<?>> commands = new ArrayList<>();
    for (Subcommand<?> command : ServiceLoader.load(Subcommand.class)) {
      commands.add(command);
    }
    commands.sort(Comparator.comparing(CommandLineRunner::name));
    return commands;
  }
}
