package io.medallion.eventhubs;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Maps what a Kafka client threw to one line that says what to do. Never quotes the client's own
 * message, which could repeat a setting.
 */
final class ProbeFailure {

  private static final int CONNECT_TIMEOUT_MS = 1_000;

  private final String bootstrap;
  private final String protocol;
  private final boolean entra;
  private final String topic;
  private final Duration deadline;

  ProbeFailure(Map<String, ?> clientProperties, String topic, Duration deadline) {
    this.bootstrap = text(clientProperties, "bootstrap.servers", "");
    this.protocol = text(clientProperties, "security.protocol", "PLAINTEXT");
    this.entra =
        EntraLoginCallbackHandler.class
            .getName()
            .equals(text(clientProperties, "sasl.login.callback.handler.class", ""));
    this.topic = topic;
    this.deadline = deadline;
  }

  BrokerUnavailableException describe(Throwable cause) {
    return new BrokerUnavailableException(line(cause));
  }

  private String line(Throwable cause) {
    if (cause instanceof SslAuthenticationException) {
      return "No TLS connection to %s: check that this port speaks TLS (security protocol is %s) and that its certificate is trusted here"
          .formatted(bootstrap, protocol);
    }
    if (cause instanceof AuthenticationException && entra) {
      return "%s refused the token of Entra ID: check that the identity has the role Azure Event Hubs Data Receiver (or Data Sender) on this namespace or Event Hub; a new role takes some minutes to count"
          .formatted(bootstrap);
    }
    if (cause instanceof AuthenticationException) {
      return "%s refused the sign-in: check that the connection string belongs to this namespace and that its key was not regenerated or disabled (security protocol is %s)"
          .formatted(bootstrap, protocol);
    }
    if (cause instanceof AuthorizationException) {
      return entra
          ? "The identity may not use '%s' on %s: check that it has the role Azure Event Hubs Data Receiver (or Data Sender) there"
              .formatted(topic, bootstrap)
          : "The connection string may not use '%s' on %s: check that its policy grants Send or Listen and that its EntityPath, if any, is this Event Hub"
              .formatted(topic, bootstrap);
    }
    if (cause instanceof UnknownTopicOrPartitionException
        || cause instanceof InvalidTopicException) {
      return "There is no topic (Event Hub) '%s' on %s: check its spelling, that it was created in this namespace, and that the connection string's EntityPath, if any, is this Event Hub"
          .formatted(topic, bootstrap);
    }
    if (cause instanceof TimeoutException
        || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      return "No answer from %s within %d s: %s"
          .formatted(bootstrap, deadline.toSeconds(), reachability());
    }
    if (cause instanceof InterruptedException) {
      return "Interrupted while waiting for %s".formatted(bootstrap);
    }
    if (entra && root(cause) instanceof LoginException login) {
      // The words of our own EntraLoginCallbackHandler; Kafka adds nothing to them.
      return "Cannot sign in to %s. %s".formatted(bootstrap, login.getMessage());
    }
    if (root(cause) instanceof ConfigException) {
      return "Cannot connect to '%s': check that it is HOST:PORT, that the host name resolves here, and the client's security settings"
          .formatted(bootstrap);
    }
    return "Cannot use topic '%s' on %s (%s)"
        .formatted(topic, bootstrap, root(cause).getClass().getSimpleName());
  }

  /** What a plain TCP connection to the first address says about the silence. */
  private String reachability() {
    String first = bootstrap.split(",", -1)[0].strip();
    int colon = first.lastIndexOf(':');
    InetSocketAddress address;
    try {
      address =
          new InetSocketAddress(
              first.substring(0, colon), Integer.parseInt(first.substring(colon + 1)));
    } catch (RuntimeException e) {
      return "check that it is HOST:PORT";
    }
    if (address.isUnresolved()) {
      return "the host name does not resolve here; check the namespace and the DNS";
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_TIMEOUT_MS);
      return "the port accepts connections but nothing there speaks Kafka with security protocol %s; check the port and the protocol"
          .formatted(protocol);
    } catch (ConnectException e) {
      return "nothing listens there; check host and port, and that the broker is running";
    } catch (IOException e) {
      return "the network does not reach it; check firewall, VPN or private endpoint (outbound TCP to this port)";
    }
  }

  private static Throwable root(Throwable throwable) {
    Throwable root = throwable;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String text(Map<String, ?> properties, String key, String fallback) {
    Object value = properties.get(key);
    return value == null ? fallback : value.toString();
  }
}
