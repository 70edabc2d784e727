package io.medallion.generator;

/** Told about a run about once a second, on the thread that sends; must be quick. */
@FunctionalInterface
public interface ProgressListener {

  /** For those who don't want to know. */
  ProgressListener NONE = progress -> {};

  void progress(GeneratorProgress progress);
}
