package io.medallion.job.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that are kept elsewhere: {@code ${env:NAME}} stands for an environment variable, {@code
 * ${file:PATH}} for the content of a file, such as a mounted secret.
 */
final class SecretReference {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
  private static final Pattern SECRET_KEY =
      Pattern.compile("password|secret|jaas|account\\.key|sas\\.(fixed\\.)?token|credential\\.key");

  private SecretReference() {}

  /** The value that is meant; refuses a secret that was written out. */
  static String resolve(String key, String value) {
    Matcher reference = REFERENCE.matcher(value);
    if (reference.matches()) {
      return reference.group(1).equals("env")
          ? fromEnvironment(key, reference.group(2))
          : fromFile(key, reference.group(2));
    }
    if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find()) {
      throw new ConfigException(
          "The setting '%s' holds a secret and must not be written out: give ${env:NAME} or ${file:PATH}"
              .formatted(key));
    }
    return value;
  }

  private static String fromEnvironment(String key, String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new ConfigException(
          "The setting '%s' needs the environment variable %s, which is not set"
              .formatted(key, name));
    }
    return value;
  }

  private static String fromFile(String key, String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "The setting '%s' needs the file %s, which cannot be read (%s)"
              .formatted(key, path, e.getClass().getSimpleName()));
    }
  }
}
