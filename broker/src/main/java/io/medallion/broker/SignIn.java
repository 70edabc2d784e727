package io.medallion.broker;

import io.medallion.eventhubs.EventHubsConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How clients sign in: with a connection string, and with tokens if there are rules for those; over
 * TLS if there is a certificate.
 */
record SignIn(EventHubsConnection connection, Optional<Tls> tls, Optional<TokenRules> tokens) {

  /**
   * @param keyStore PKCS12 file with the broker's key and self-signed certificate, which clients
   *     trust
   */
  record Tls(String keyStore, String password) {
    Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>();
      for (String store : new String[] {"ssl.keystore.", "ssl.truststore."}) {
        settings.put(store + "type", "PKCS12");
        settings.put(store + "location", keyStore);
        settings.put(store + "password", password);
      }
      return settings;
    }
  }

  /**
   * Which tokens are good.
   *
   * @param jwksUrl address of the keys that they are signed with
   */
  record TokenRules(String jwksUrl, String issuer, String audience) {}

  String securityProtocol() {
    return tls.isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT";
  }

  /** Settings of a client that signs in with the connection string. */
  Map<String, String> clientProperties(String bootstrapServers) {
    Map<String, String> properties =
        new LinkedHashMap<>(connection.clientProperties(bootstrapServers, tls.isPresent()));
    tls.ifPresent(
        store ->
            store.settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("ssl.truststore."))
                .forEach(setting -> properties.put(setting.getKey(), setting.getValue())));
    return Map.copyOf(properties);
  }

  /** The broker's settings of its listener, without the listener's prefix. */
  Map<String, String> listenerSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("sasl.enabled.mechanisms", tokens.isPresent() ? "PLAIN,OAUTHBEARER" : "PLAIN");
    settings.put("plain.sasl.jaas.config", clientProperties("").get("sasl.jaas.config"));
    settings.put(
        "plain.sasl.server.callback.handler.class",
        ConnectionStringCallbackHandler.class.getName());
    tls.ifPresent(store -> settings.putAll(store.settings()));
    tokens.ifPresent(
        rules -> {
          String bearer = "oauthbearer.";
          settings.put(
              bearer + "sasl.jaas.config",
              "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
          settings.put(
              bearer + "sasl.server.callback.handler.class",
              "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
          settings.put(bearer + "sasl.oauthbearer.jwks.endpoint.url", rules.jwksUrl());
          settings.put(bearer + "sasl.oauthbearer.expected.issuer", rules.issuer());
          settings.put(bearer + "sasl.oauthbearer.expected.audience", rules.audience());
        });
    return settings;
  }
}
