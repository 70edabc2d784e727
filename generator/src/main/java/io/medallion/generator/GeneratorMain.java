package io.medallion.generator;

import java.util.Locale;

/** Runs the {@link GeneratorCommand} as a program of its own. */
public final class GeneratorMain {

  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private GeneratorMain() {}

  public static void main(String[] args) {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(LOGGING_PROPERTY) == null) {
      System.setProperty(LOGGING_PROPERTY, "log4j2-generator.properties");
    }
    System.exit(GeneratorCommand.newCommandLine().execute(args));
  }
}
