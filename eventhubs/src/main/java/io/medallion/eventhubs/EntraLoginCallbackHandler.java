package io.medallion.eventhubs;

import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/**
 * Gives Kafka's OAUTHBEARER login the tokens of {@link EntraTokenSource}. Kafka asks at the start
 * and again before each token expires ({@code sasl.login.refresh.*}). As long as this login lives,
 * the mechanism is there for it ({@link OAuthBearerProvider}).
 *
 * <p>Public because Kafka creates it by name; use {@link EntraLogin}.
 */
public final class EntraLoginCallbackHandler implements AuthenticateCallbackHandler {

  private static final String ERROR_CODE = "no_token";

  private EntraTokenSource tokens;
  private OAuthBearerProvider mechanism;

  @Override
  public void configure(
      Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasEntries) {
    Object servers = configs.get("bootstrap.servers");
    tokens =
        new EntraTokenSource(
            jaasEntries.get(0).getOptions(),
            servers instanceof List<?> list ? list.get(0).toString() : servers.toString());
    mechanism = OAuthBearerProvider.register();
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (callback instanceof OAuthBearerTokenCallback token) {
        try {
          token.token(new EntraToken(tokens.token(), "entra"));
        } catch (EntraLoginException e) {
          token.error(ERROR_CODE, e.getMessage(), null);
        }
      } else if (callback instanceof SaslExtensionsCallback extensions) {
        extensions.extensions(SaslExtensions.empty());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {
    if (mechanism != null) {
      mechanism.close();
    }
  }
}
