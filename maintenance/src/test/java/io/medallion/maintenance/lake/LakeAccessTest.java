package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeAccessTest {

  /** A file system that nobody finds without a setting, as one of a cloud without its account. */
  public static final class Guarded extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("guarded:///");
    }

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      if (!conf.get("fs.guarded.account", "").equals("open sesame")) {
        throw new IOException("no account");
      }
      super.initialize(name, conf);
    }
  }

  @TempDir private Path folder;

  @Test
  void aFileOfTheJobsSettingsOpensTheLakeForReading() throws Exception {
    Path conf = folder.resolve("job.properties");
    Files.writeString(
        conf,
        """
        hadoop.fs.guarded.impl = %s
        hadoop.fs.guarded.account = another
        window.size = 10 s
        """
            .formatted(Guarded.class.getName()));
    LakeAccess ofFile =
        new LakeAccess("guarded://" + folder, Optional.of(conf.toString()), Map.of());
    LakeAccess overruled =
        new LakeAccess(
            ofFile.folder(), ofFile.conf(), Map.of("hadoop.fs.guarded.account", "open sesame"));

    // In this order: Hadoop keeps a file system that it could open.
    assertThatThrownBy(() -> ofFile.lake().openNewest()).hasStackTraceContaining("no account");
    assertThat(overruled.lake().openNewest().tables()).isEmpty();
  }

  @Test
  void aMisspeltSettingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LakeAccess("/lake", Optional.empty(), Map.of("hadop.x", "1")).lake());
  }

  @Test
  void anotherCommandOpensTheSameLakeWithItsOptions() {
    LakeAccess access =
        new LakeAccess("/lake", Optional.of("job.properties"), Map.of("hadoop.x", "1"));

    assertThat(access.options())
        .containsExactly("--lake", "/lake", "--conf", "job.properties", "--set", "hadoop.x=1");
    assertThat(access).asString().contains("hadoop.x").doesNotContain("=1");
  }
}
