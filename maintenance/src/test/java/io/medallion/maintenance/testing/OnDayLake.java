package io.medallion.maintenance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands on a {@link DayLake} begin with: each has a copy of its own. */
public abstract class OnDayLake {

  /** Noon of the day after the last. */
  protected static final Clock NOON = Clock.fixed(DayLake.NOW, ZoneOffset.UTC);

  @TempDir private static Path made;
  @TempDir private Path temp;
  protected Path root;
  protected SmallLake lake;

  @BeforeAll
  static void write() throws Exception {
    DayLake.write(made.resolve("lake"));
  }

  @BeforeEach
  final void copy() throws IOException {
    root = temp.resolve("lake");
    SmallLake.copy(made.resolve("lake"), root);
    lake = new SmallLake(root);
  }

  /** The command line of a command on this lake. */
  protected final String[] arguments(String... options) {
    return Stream.concat(Stream.of("--lake", root.toString()), List.of(options).stream())
        .toArray(String[]::new);
  }

  protected static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
