package io.medallion.eventhubs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a Kafka client signs in to Event Hubs with an identity of Microsoft Entra ID (SASL
 * OAUTHBEARER) instead of a connection string.
 *
 * <p>It holds no secret: each process that connects reads its own, at every sign-in anew, so that a
 * rotated secret or token file is picked up without a restart.
 *
 * @param tenantId of the directory; empty: {@code AZURE_TENANT_ID}
 * @param clientId of the app registration or managed identity; empty: {@code AZURE_CLIENT_ID}
 * @param secretFile file with the client secret; empty: {@code AZURE_CLIENT_SECRET}
 * @param authorityHost address of Entra ID, {@code https://HOST/}; empty: {@code
 *     AZURE_AUTHORITY_HOST}, else the public cloud's
 */
public record EntraLogin(
    EntraCredential credential,
    Optional<String> tenantId,
    Optional<String> clientId,
    Optional<String> secretFile,
    Optional<String> authorityHost) {

  /** Settings with which any Kafka client (producer, consumer, admin) signs in, over TLS. */
  public Map<String, String> clientProperties(String bootstrapServers) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "OAUTHBEARER");
    properties.put("sasl.jaas.config", jaasConfig());
    properties.put("sasl.login.callback.handler.class", EntraLoginCallbackHandler.class.getName());
    properties.putAll(EventHubsConnection.IDLE_SETTINGS);
    return properties;
  }

  private String jaasConfig() {
    StringBuilder line =
        new StringBuilder(
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required");
    option(line, EntraTokenSource.CREDENTIAL, Optional.of(credential.name()));
    option(line, EntraTokenSource.TENANT_ID, tenantId);
    option(line, EntraTokenSource.CLIENT_ID, clientId);
    option(line, EntraTokenSource.SECRET_FILE, secretFile);
    option(line, EntraTokenSource.AUTHORITY_HOST, authorityHost);
    return line.append(';').toString();
  }

  private static void option(StringBuilder line, String name, Optional<String> value) {
    value.ifPresent(text -> line.append(' ').append(name).append('=').append(Jaas.quoted(text)));
  }
}
