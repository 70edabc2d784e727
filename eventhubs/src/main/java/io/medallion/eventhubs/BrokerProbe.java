package io.medallion.eventhubs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Asks a broker for one topic's metadata before a program starts its work, so that a wrong
 * connection string, a missing topic or an unreachable broker ends in one clear line instead of
 * endless retries.
 *
 * <p>A refused sign-in or a missing topic is reported at once, silence at the deadline.
 */
public final class BrokerProbe {

  /** Long enough for a broker that is still starting, short enough to wait for. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);

  private BrokerProbe() {}

  /** {@link #check(Map, String, Duration)} with the {@link #DEFAULT_DEADLINE}. */
  public static int check(Map<String, ?> clientProperties, String topic) {
    return check(clientProperties, topic, DEFAULT_DEADLINE);
  }

  /**
   * Returns the topic's number of partitions.
   *
   * @param clientProperties bootstrap servers and security settings of a Kafka client
   * @throws BrokerUnavailableException if the broker or the topic cannot be used
   */
  public static int check(Map<String, ?> clientProperties, String topic, Duration deadline) {
    ProbeFailure failure = new ProbeFailure(clientProperties, topic, deadline);
    try (ClosingAdmin admin = open(clientProperties, deadline)) {
      return admin
          .client()
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS)
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException e) {
      throw failure.describe(e.getCause());
    } catch (KafkaException | TimeoutException e) {
      throw failure.describe(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure.describe(e);
    }
  }

  private static ClosingAdmin open(Map<String, ?> clientProperties, Duration deadline) {
    // An unreachable host is retried until the API timeout: both have to fit into the deadline.
    String timeout = Long.toString(deadline.toMillis());
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    return new ClosingAdmin(Admin.create(properties));
  }

  /** Closes without waiting for requests that nobody will answer. */
  private record ClosingAdmin(Admin client) implements AutoCloseable {
    @Override
    public void close() {
      client.close(Duration.ZERO);
    }
  }
}
