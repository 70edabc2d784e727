package io.medallion.maintenance.cli;

/** The command line of a tool, for picocli to fill. */
public interface Options {

  boolean help();
}
