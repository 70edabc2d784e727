package io.medallion.eventhubs;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets access tokens for an Event Hubs namespace from Microsoft Entra ID, as the options of a JAAS
 * line say. Every error is one line that says what to check, without what the library said: that
 * could repeat a credential. Of its text, only the {@code AADSTS} code is passed on.
 */
final class EntraTokenSource {

  static final String CREDENTIAL = "credential";
  static final String TENANT_ID = "tenantId";
  static final String CLIENT_ID = "clientId";
  static final String SECRET_FILE = "secretFile";
  static final String AUTHORITY_HOST = "authorityHost";

  private static final Pattern ERROR_CODE = Pattern.compile("AADSTS\\d+");

  private final EntraCredential credential;
  private final Map<String, ?> options;
  private final String scope;

  /** One for all tokens: each client has a thread and connections of its own. */
  private final HttpClient http = new JdkHttpClientBuilder().build();

  /**
   * @param options of the JAAS line
   * @param bootstrapServers of the Kafka client; the first one's host is the namespace
   */
  EntraTokenSource(Map<String, ?> options, String bootstrapServers) {
    this.options = options;
    this.credential = EntraCredential.valueOf(option(CREDENTIAL).orElseThrow());
    String first = bootstrapServers.split(",", -1)[0].strip();
    this.scope = "https://" + first.substring(0, first.lastIndexOf(':')) + "/.default";
  }

  /**
   * A token that is valid now; a new one if the last is about to expire.
   *
   * @throws EntraLoginException if there is none to be had
   */
  AccessToken token() {
    try {
      return open().getTokenSync(new TokenRequestContext().addScopes(scope));
    } catch (EntraLoginException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EntraLoginException(
          "Entra ID gave no token for %s to the %s%s: %s"
              .formatted(scope, credential, errorCode(e), remedy()));
    }
  }

  /** A new credential each time: the secret's file may have changed. */
  private TokenCredential open() {
    return switch (credential) {
      case CLIENT_SECRET -> {
        ClientSecretCredentialBuilder builder =
            new ClientSecretCredentialBuilder()
                .httpClient(http)
                .tenantId(required(TENANT_ID, "AZURE_TENANT_ID"))
                .clientId(required(CLIENT_ID, "AZURE_CLIENT_ID"))
                .clientSecret(secret());
        // An authority that was named is believed; asking the public cloud about it could not work.
        option(AUTHORITY_HOST)
            .ifPresent(host -> builder.authorityHost(host).disableInstanceDiscovery());
        yield builder.build();
      }
      case WORKLOAD_IDENTITY -> {
        WorkloadIdentityCredentialBuilder builder =
            new WorkloadIdentityCredentialBuilder()
                .httpClient(http)
                .tenantId(required(TENANT_ID, "AZURE_TENANT_ID"))
                .clientId(required(CLIENT_ID, "AZURE_CLIENT_ID"))
                .tokenFilePath(environment("AZURE_FEDERATED_TOKEN_FILE"));
        option(AUTHORITY_HOST)
            .ifPresent(host -> builder.authorityHost(host).disableInstanceDiscovery());
        yield builder.build();
      }
      case MANAGED_IDENTITY -> {
        ManagedIdentityCredentialBuilder builder =
            new ManagedIdentityCredentialBuilder().httpClient(http);
        option(CLIENT_ID).ifPresent(builder::clientId);
        yield builder.build();
      }
    };
  }

  private String remedy() {
    return switch (credential) {
      case CLIENT_SECRET ->
          "check tenant and client id, and that the secret is the app registration's and has not expired";
      case MANAGED_IDENTITY ->
          "check that this machine or node has a managed identity and that the client id, if given, is one of its own";
      case WORKLOAD_IDENTITY ->
          "check that the pod has the label azure.workload.identity/use, its service account the client id, and the identity a federated credential for that service account";
    };
  }

  private String secret() {
    Optional<String> file = option(SECRET_FILE);
    if (file.isEmpty()) {
      return environment("AZURE_CLIENT_SECRET");
    }
    try {
      return Files.readString(Path.of(file.get())).strip();
    } catch (IOException e) {
      throw new EntraLoginException(
          "Cannot read the client secret's file %s (%s)"
              .formatted(file.get(), e.getClass().getSimpleName()));
    }
  }

  private String required(String option, String variable) {
    return option(option).orElseGet(() -> environment(variable));
  }

  private String environment(String variable) {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new EntraLoginException(
          "The %s needs the environment variable %s in every process of the job: it is not set"
              .formatted(credential, variable));
    }
    return value;
  }

  private Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name)).map(Object::toString);
  }

  private static String errorCode(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher code = ERROR_CODE.matcher(String.valueOf(cause.getMessage()));
      if (code.find()) {
        return " (" + code.group() + ")";
      }
    }
    return " (" + failure.getClass().getSimpleName() + ")";
  }
}
