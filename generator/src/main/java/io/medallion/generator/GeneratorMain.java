package io.medallion.generator;

/** Runs the {@link GeneratorCommand} as a program of its own. */
public final class GeneratorMain {

  private GeneratorMain() {}

  public static void main(String[] args) {
    System.exit(GeneratorCommand.newCommandLine().execute(args));
  }
}
