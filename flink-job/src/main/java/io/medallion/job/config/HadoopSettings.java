package io.medallion.job.config;

import java.util.Map;

/** The job's settings as far as they matter to who only opens its lake: {@code hadoop.*}. */
public final class HadoopSettings {

  private HadoopSettings() {}

  /**
   * Reads the same arguments as the job.
   *
   * @return by Hadoop's names; may hold secrets
   * @throws ConfigException if a setting is unknown or malformed
   */
  public static Map<String, String> fromArgs(String... args) {
    return Settings.fromArgs(args).under(ConfigKey.HADOOP_PREFIX);
  }
}
