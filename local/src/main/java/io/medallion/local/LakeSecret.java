package io.medallion.local;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The connection string of a lake's own broker: random, made once, kept in a file that its owner
 * alone can read, so that other programs can be let in with that file.
 */
final class LakeSecret {

  private static final int KEY_BYTES = 32;

  private LakeSecret() {}

  static String readOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new WrongUse(
          "Cannot read or write %s (%s).".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "secret",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        draft,
        "Endpoint=sb://localhost/;SharedAccessKeyName=local;SharedAccessKey="
            + Base64.getEncoder().encodeToString(key)
            + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
