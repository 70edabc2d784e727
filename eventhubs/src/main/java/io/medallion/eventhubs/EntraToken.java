package io.medallion.eventhubs;

import com.azure.core.credential.AccessToken;
import java.util.Set;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;

/**
 * An access token in Kafka's form. Its value is a secret: {@link #toString} has the expiry only.
 */
final class EntraToken implements OAuthBearerToken {

  private final AccessToken token;
  private final String principal;

  EntraToken(AccessToken token, String principal) {
    this.token = token;
    this.principal = principal;
  }

  @Override
  public String value() {
    return token.getToken();
  }

  /** Epoch milliseconds. Kafka's login asks for the next token when 80 % of the time are over. */
  @Override
  public long lifetimeMs() {
    return token.getExpiresAt().toInstant().toEpochMilli();
  }

  @Override
  public Set<String> scope() {
    return Set.of();
  }

  /** For Kafka's log only; Event Hubs takes the name from the token. */
  @Override
  public String principalName() {
    return principal;
  }

  /** Unknown: Kafka then counts from when it got the token. */
  @Override
  public Long startTimeMs() {
    return null;
  }

  @Override
  public String toString() {
    return "EntraToken[expires " + token.getExpiresAt() + "]";
  }
}
