package io.medallion.eventhubs;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.UUID;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslClientFactory;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClient.OAuthBearerSaslClientFactory;

/**
 * Makes the mechanism OAUTHBEARER work where Kafka's classes are in a JVM more than once, as in a
 * Flink process: each job, and each {@code main} in a JobManager, brings its own.
 *
 * <p>Kafka registers its mechanism once in a JVM, and the one that came first refuses the clients
 * of all others ("Callback handler must be castable to ..."). This one stands before it, and takes
 * those clients whose classes are its own; others it leaves to the next.
 */
final class OAuthBearerProvider extends Provider implements AutoCloseable {

  private static final long serialVersionUID = 1L;

  private OAuthBearerProvider() {
    super("Medallion-" + UUID.randomUUID(), "1", "OAUTHBEARER for one class loader");
    put("SaslClientFactory.OAUTHBEARER", Factory.class.getName());
  }

  /** From now on, until it is closed. */
  static OAuthBearerProvider register() {
    OAuthBearerProvider provider = new OAuthBearerProvider();
    Security.insertProviderAt(provider, 1);
    return provider;
  }

  @Override
  public void close() {
    Security.removeProvider(getName());
  }

  /** Public because the JDK creates it by name. */
  public static final class Factory implements SaslClientFactory {

    private final SaslClientFactory kafka = new OAuthBearerSaslClientFactory();

    @Override
    public SaslClient createSaslClient(
        String[] mechanisms,
        String authorizationId,
        String protocol,
        String serverName,
        Map<String, ?> properties,
        CallbackHandler handler)
        throws SaslException {
      return handler instanceof AuthenticateCallbackHandler
          ? kafka.createSaslClient(
              mechanisms, authorizationId, protocol, serverName, properties, handler)
          : null;
    }

    @Override
    public String[] getMechanismNames(Map<String, ?> properties) {
      return kafka.getMechanismNames(properties);
    }
  }
}
