package io.medallion.job.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * Settings as text, every key known, and their reading as types.
 *
 * <p>Values of {@code kafka.*} and {@code hadoop.*} may be {@code ${env:NAME}} or {@code
 * ${file:PATH}}, so that a secret is never a value itself.
 */
final class Settings {

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    for (String key : values.keySet()) {
      if (!ConfigKey.isKnown(key)) {
        throw new ConfigException(
            "Unknown setting '%s': did you mean '%s'? --help lists them all"
                .formatted(key, ConfigKey.nearest(key)));
      }
    }
    this.values = new TreeMap<>(values);
  }

  static Settings of(Map<String, String> values) {
    return new Settings(values);
  }

  /** From {@code --conf FILE} and any number of {@code --key value}, which win over the file. */
  static Settings fromArgs(String... args) {
    Map<String, String> fromFile = new HashMap<>();
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || args[i].length() == 2) {
        throw new ConfigException(
            "Unexpected argument '%s': settings are given as --key value".formatted(args[i]));
      }
      if (i + 1 == args.length) {
        throw new ConfigException("The setting %s has no value".formatted(args[i]));
      }
      String key = args[i].substring(2);
      if (key.equals("conf")) {
        fromFile.putAll(load(args[i + 1]));
      } else if (overrides.put(key, args[i + 1]) != null) {
        throw new ConfigException("The setting --%s is given twice".formatted(key));
      }
    }
    fromFile.putAll(overrides);
    return new Settings(fromFile);
  }

  private static Map<String, String> load(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "Cannot read the settings in '%s' (%s): --conf takes a Java properties file"
              .formatted(file, e.getClass().getSimpleName()));
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  /** The value as given, or the default; empty if there is neither. */
  Optional<String> text(ConfigKey key) {
    return Optional.ofNullable(values.get(key.key()))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .or(key::defaultValue);
  }

  /** Whether the default is not what counts. */
  boolean isGiven(ConfigKey key) {
    return values.containsKey(key.key());
  }

  String required(ConfigKey key) {
    return text(key)
        .orElseThrow(
            () ->
                new ConfigException(
                    "The setting '%s' is missing: %s".formatted(key.key(), key.description())));
  }

  /** A duration of at least a millisecond. */
  Duration duration(ConfigKey key) {
    String value = required(key);
    Duration duration;
    try {
      duration = TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw malformed(key, "a duration such as '10 s' or '5 min'");
    }
    if (duration.toMillis() <= 0) {
      throw malformed(key, "a duration of more than zero");
    }
    return duration;
  }

  /** A duration, or empty for {@code off}. */
  Optional<Duration> durationOrOff(ConfigKey key) {
    return required(key).equalsIgnoreCase("off") ? Optional.empty() : Optional.of(duration(key));
  }

  MemorySize size(ConfigKey key) {
    MemorySize size;
    try {
      size = MemorySize.parse(required(key));
    } catch (IllegalArgumentException e) {
      throw malformed(key, "a size such as '128 mb'");
    }
    if (size.getBytes() < MemorySize.ofMebiBytes(1).getBytes()) {
      throw malformed(key, "a size of at least '1 mb'");
    }
    return size;
  }

  int positive(ConfigKey key) {
    try {
      int value = Integer.parseInt(required(key));
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw malformed(key, "a whole number above zero");
  }

  /** A number from 0 to 1. */
  double share(ConfigKey key) {
    try {
      double value = Double.parseDouble(required(key));
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw malformed(key, "a number from 0 to 1");
  }

  boolean flag(ConfigKey key) {
    return switch (required(key).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw malformed(key, "true or false");
    };
  }

  /** One of an enum's constants, in any case. */
  <E extends Enum<E>> E choice(ConfigKey key, Class<E> type) {
    String value = required(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                malformed(
                    key,
                    "one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }

  /** The settings under a prefix, without it, references resolved. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), SecretReference.resolve(key, value));
          }
        });
    return found;
  }

  ConfigException malformed(ConfigKey key, String allowed) {
    return new ConfigException(
        "The setting %s = '%s' is not %s".formatted(key.key(), required(key), allowed));
  }
}
