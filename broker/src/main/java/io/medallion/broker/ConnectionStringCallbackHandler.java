package io.medallion.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;

/**
 * Lets a client in whose user and password are those of the listener's own JAAS entry, as Event
 * Hubs does with {@code $ConnectionString} and the connection string.
 *
 * <p>Public because Kafka creates it by name; not meant for use elsewhere. The expected secret
 * comes with the listener's JAAS options, so that two brokers in one JVM don't share it.
 */
public final class ConnectionStringCallbackHandler implements AuthenticateCallbackHandler {

  private String user;
  private byte[] secret;

  @Override
  public void configure(
      Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasEntries) {
    Map<String, ?> options = jaasEntries.get(0).getOptions();
    user = (String) options.get("username");
    secret = bytes((String) options.get("password"));
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String name = null;
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback nameCallback) {
        name = nameCallback.getDefaultName();
      } else if (callback instanceof PlainAuthenticateCallback plain) {
        plain.authenticated(
            user.equals(name)
                && MessageDigest.isEqual(secret, bytes(String.valueOf(plain.password()))));
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
