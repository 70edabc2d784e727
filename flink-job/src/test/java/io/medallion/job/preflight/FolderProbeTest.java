package io.medallion.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderProbeTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void aFolderThatWorksIsLeftAsItWas() throws Exception {
    Files.writeString(folder.resolve("other"), "");

    assertThat(probe(() -> hadoop(folder)).failure(DEADLINE)).isEmpty();
    assertThat(probe(() -> FlinkFolder.open(folder.toUri().toString())).failure(DEADLINE))
        .isEmpty();

    assertThat(folder).isDirectoryContaining("glob:**/other");
    assertThat(names()).containsExactly("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "read", "list", "rename", "delete"})
  void eachOperationThatFailsIsNamed(String operation) throws Exception {
    Optional<String> failure =
        probe(() -> new FailingFolder(hadoop(folder), operation, new IOException("canary-secret")))
            .failure(DEADLINE);

    assertThat(failure)
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("the lake abfss://lake@account", "fails to " + operation)
                    .contains("lake.path")
                    .doesNotContain("canary-secret")
                    .doesNotContain("\n"));
    if (!operation.equals("delete")) {
      assertThat(names()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthorizationPermissionMismatch, Storage Blob Data Contributor",
    "403, AuthenticationFailed, hadoop.fs.azure.account",
    "404, FilesystemNotFound, container in lake.path exists",
    "401, AuthenticationFailed, Entra ID gave no token",
    "503, ServerBusy, state of the account",
  })
  void anAnswerOfAzureIsTurnedIntoAdvice(int status, String code, String advice) {
    IOException answer = new AbfsRestOperationException(status, code, "canary-secret", null);

    assertThat(failing(answer)).contains(advice).doesNotContain("canary-secret");
  }

  @Test
  void anUnknownAccountIsToldFromOtherFailures() {
    assertThat(failing(new UnknownHostException("account"))).contains("does not resolve here");
  }

  @Test
  void anUnknownSchemeNamesTheLibrary() {
    Optional<String> failure =
        probe(() -> HadoopFolder.open("nosuch://lake/weather", Map.of())).failure(DEADLINE);

    assertThat(failure)
        .hasValueSatisfying(line -> assertThat(line).contains("fails to connect", "hadoop-azure"));
  }

  @Test
  void aMissingAccountKeyIsNamed() {
    Optional<String> failure =
        probe(
                () ->
                    HadoopFolder.open(
                        "abfss://lake@account.dfs.core.windows.net/weather",
                        Map.of("fs.azure.account.auth.type", "SharedKey")))
            .failure(DEADLINE);

    assertThat(failure)
        .hasValueSatisfying(
            line -> assertThat(line).contains("fs.azure.account.key", "missing or malformed"));
  }

  @Test
  void silenceEndsAtTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    Optional<String> failure =
        probe(
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  return hadoop(folder);
                })
            .failure(Duration.ofMillis(200));

    assertThat(failure)
        .hasValueSatisfying(
            line -> assertThat(line).contains("no answer within", "preflight.deadline"));
  }

  private static String failing(IOException failure) {
    return probe(
            () -> {
              throw failure;
            })
        .failure(DEADLINE)
        .orElseThrow();
  }

  private static FolderProbe probe(Folder.Opener opener) {
    return new FolderProbe(
        "the lake",
        "lake.path",
        "abfss://lake@account.dfs.core.windows.net/weather",
        "hadoop.fs.azure.account.*",
        opener);
  }

  private static Folder hadoop(Path path) throws IOException {
    return HadoopFolder.open(path.toUri().toString(), Map.of("fs.file.impl.disable.cache", "true"));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .toList();
    }
  }

  /** Fails at one operation. */
  private record FailingFolder(Folder folder, String operation, IOException failure)
      implements Folder {

    @Override
    public void write(String name, byte[] content) throws IOException {
      fail("write");
      folder.write(name, content);
    }

    @Override
    public byte[] read(String name) throws IOException {
      fail("read");
      return folder.read(name);
    }

    @Override
    public boolean lists(String name) throws IOException {
      fail("list");
      return folder.lists(name);
    }

    @Override
    public boolean rename(String from, String to) throws IOException {
      fail("rename");
      return folder.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
      fail("delete");
      folder.delete(name);
    }

    @Override
    public void close() throws IOException {
      folder.close();
    }

    private void fail(String at) throws IOException {
      if (operation.equals(at)) {
        throw failure;
      }
    }
  }
}
