package io.medallion.job.preflight;

import io.medallion.job.preflight.FolderProbe.UnexpectedAnswerException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.ConfigurationPropertyNotFoundException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.InvalidConfigurationValueException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.KeyProviderException;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.TokenAccessProviderException;
import org.apache.hadoop.fs.azurebfs.oauth2.AzureADAuthenticator;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a file system threw, as advice. It never quotes the exception's message, which could repeat
 * a credential, but for the names of settings and Azure's codes in it.
 */
final class FolderFailure {

  private static final Pattern SETTING = Pattern.compile("fs\\.azure\\.[A-Za-z0-9.]*[A-Za-z0-9]");

  private final Throwable failure;

  private FolderFailure(Throwable failure) {
    this.failure = failure;
  }

  static FolderFailure of(Throwable failure) {
    return new FolderFailure(failure);
  }

  String remedy(FolderProbe probe) {
    Optional<AzureADAuthenticator.HttpException> token =
        find(AzureADAuthenticator.HttpException.class);
    Optional<AbfsRestOperationException> answer = find(AbfsRestOperationException.class);
    if (token.isPresent()
        || answer.filter(e -> e.getStatusCode() == 401).isPresent()
        || has(TokenAccessProviderException.class)) {
      return "Entra ID gave no token for storage that is accepted: check %s (fs.azure.account.oauth2.*: tenant, client id, secret or token file)"
          .formatted(probe.credentials());
    }
    if (answer.isPresent() && answer.get().getStatusCode() >= 0) {
      return azure(answer.get(), probe);
    }
    if (has(UnsupportedFileSystemSchemeException.class)
        || has(UnsupportedFileSystemException.class)
        || has(ClassNotFoundException.class)
        || has(NoClassDefFoundError.class)) {
      return "no file system for this scheme: put hadoop-azure and the Hadoop client into Flink's lib folder (docs/azure.md), or correct the scheme in %s"
          .formatted(probe.setting());
    }
    if (has(ConfigurationPropertyNotFoundException.class)
        || has(InvalidConfigurationValueException.class)
        || has(KeyProviderException.class)) {
      return "the setting %s is missing or malformed: check %s"
          .formatted(namedSetting().orElse("of its credentials"), probe.credentials());
    }
    if (has(UnknownHostException.class)) {
      return "its host name does not resolve here: check the account in %s, and the DNS"
          .formatted(probe.setting());
    }
    if (has(ConnectException.class)) {
      return "nothing listens at its address: check the account in %s, and the network"
          .formatted(probe.setting());
    }
    if (has(AccessControlException.class) || has(AccessDeniedException.class)) {
      return "access was denied: check the permissions of this user on the folder of %s"
          .formatted(probe.setting());
    }
    Optional<UnexpectedAnswerException> unexpected = find(UnexpectedAnswerException.class);
    if (unexpected.isPresent()) {
      return "%s: check what kind of storage %s names"
          .formatted(unexpected.get().getMessage(), probe.setting());
    }
    return "%s: check %s and %s"
        .formatted(root().getClass().getSimpleName(), probe.setting(), probe.credentials());
  }

  private static String azure(AbfsRestOperationException answer, FolderProbe probe) {
    String code = answer.getStatusCode() + " " + answer.getErrorCode();
    return switch (answer.getStatusCode()) {
      case 403 ->
          "%s: check %s, and that the identity has the role Storage Blob Data Contributor on the container"
              .formatted(code, probe.credentials());
      case 404 -> "%s: check that the container in %s exists".formatted(code, probe.setting());
      default ->
          "the storage answered %s: check %s and the state of the account"
              .formatted(code, probe.setting());
    };
  }

  private Optional<String> namedSetting() {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher setting = SETTING.matcher(String.valueOf(cause.getMessage()));
      if (setting.find()) {
        return Optional.of(setting.group());
      }
    }
    return Optional.empty();
  }

  private boolean has(Class<? extends Throwable> type) {
    return find(type).isPresent();
  }

  private <T extends Throwable> Optional<T> find(Class<T> type) {
    return chain(type::isInstance).map(type::cast);
  }

  private Optional<Throwable> chain(Predicate<Throwable> wanted) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (wanted.test(cause)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  private Throwable root() {
    return chain(cause -> cause.getCause() == null).orElse(failure);
  }
}
