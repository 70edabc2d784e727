package io.medallion.job.config;

import io.medallion.eventhubs.EntraCredential;
import io.medallion.eventhubs.EntraLogin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a sign-in with Entra ID, which takes the place of a connection string. */
final class EntraSettings {

  private EntraSettings() {}

  /** The sign-in, if one is asked for. */
  static Optional<EntraLogin> login(Settings settings) {
    if (settings.text(ConfigKey.ENTRA_CREDENTIAL).isEmpty()) {
      return Optional.empty();
    }
    for (ConfigKey key :
        List.of(ConfigKey.CONNECTION_STRING_ENV, ConfigKey.CONNECTION_STRING_FILE)) {
      if (settings.text(key).isPresent()) {
        throw new ConfigException(
            "Both '%s' and '%s' are given: choose one; an empty value takes a setting back"
                .formatted(ConfigKey.ENTRA_CREDENTIAL.key(), key.key()));
      }
    }
    return Optional.of(
        new EntraLogin(
            credential(settings),
            settings.text(ConfigKey.ENTRA_TENANT_ID),
            settings.text(ConfigKey.ENTRA_CLIENT_ID),
            settings.text(ConfigKey.ENTRA_CLIENT_SECRET_FILE),
            settings.text(ConfigKey.ENTRA_AUTHORITY_HOST)));
  }

  private static EntraCredential credential(Settings settings) {
    String value = settings.required(ConfigKey.ENTRA_CREDENTIAL);
    return Arrays.stream(EntraCredential.values())
        .filter(credential -> name(credential).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                settings.malformed(
                    ConfigKey.ENTRA_CREDENTIAL,
                    "one of "
                        + Arrays.stream(EntraCredential.values())
                            .map(EntraSettings::name)
                            .collect(Collectors.joining(", "))));
  }

  private static String name(EntraCredential credential) {
    return credential.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
