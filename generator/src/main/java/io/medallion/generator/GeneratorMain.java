package io.medallion.generator;

/** Runs the {@link GeneratorCommand} as a program of its own. */
public final class GeneratorMain {

  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private GeneratorMain() {}

  public static void main(String[] args) {
    if (System.getProperty(LOGGING_PROPERTY) == null) {
      System.setProperty(LOGGING_PROPERTY, "log4j2-generator.properties");
    }
    System.exit(GeneratorCommand.newCommandLine().execute(args));
  }
}
