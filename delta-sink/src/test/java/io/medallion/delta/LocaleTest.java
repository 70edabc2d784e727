package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job in a process with the locale of somewhere else. */
class LocaleTest {

  @TempDir Path folder;
  private Locale display;
  private Locale format;

  @BeforeEach
  void remember() {
    display = Locale.getDefault(Locale.Category.DISPLAY);
    format = Locale.getDefault(Locale.Category.FORMAT);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG", "th-TH-u-nu-thai", "bn-BD", "fa-IR", "mr-IN-u-nu-deva", "tr-TR", "de-DE"})
  void theLogAndTheTableAreThoseOfAnyOther(String locale) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Numbers numbers = new Numbers("locale", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      for (int i = 0; i < 12; i++) {
        job.write(3);
        job.checkpoint();
      }
      job.failover();
      job.write(3);
      job.checkpoint();
    }

    numbers.assertHoldsNumbersBelow(39);
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .contains("00000000000000000012.json")
          .allMatch(name -> name.matches("[ -~]+"));
    }
  }
}
