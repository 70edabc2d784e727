package io.medallion.eventhubs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * Gives Kafka's sign-in with user and password (PLAIN) a connection string that a file holds, read
 * at every connection anew.
 *
 * <p>Kafka creates it by the name in {@code sasl.client.callback.handler.class}, and the file's
 * name is in {@code sasl.jaas.config}. So the secret is in no setting of a client, nor in what such
 * settings are kept in, as the graph of a Flink job; and a new key counts without a restart.
 */
public final class ConnectionStringFileCallbackHandler implements AuthenticateCallbackHandler {

  /** The option in {@code sasl.jaas.config}. */
  static final String FILE = "file";

  private Path file;

  /**
   * Fails a client that is created where the file is missing, instead of its connections.
   *
   * @throws IllegalArgumentException names the file that cannot be read, or what is wrong with its
   *     content, which it does not show
   */
  @Override
  public void configure(
      Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaas) {
    file = Path.of((String) jaas.get(0).getOptions().get(FILE));
    EventHubsConnection.fromFile(file);
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(EventHubsConnection.USER);
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(EventHubsConnection.fromFile(file).password().toCharArray());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
