package io.medallion.delta;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delta Kernel names the files of a log with the digits of the process's locale. Those of some
 * (such as ar-EG, bn-BD, th-TH-TH) are not 0 to 9, and no reader would ever find a commit.
 *
 * <p>A locale is the whole process's, so that is what {@link #ensureDigits} changes, where it has
 * to.
 */
final class FormatLocale {

  private static final Logger LOG = LoggerFactory.getLogger(FormatLocale.class);

  private FormatLocale() {}

  /** Sees to it that numbers are formatted with the digits 0 to 9 in this process. */
  static void ensureDigits() {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    if (!String.format(locale, "%d", 1_234_567_890).equals("1234567890")) {
      LOG.warn(
          "The digits of this process's locale {} are not 0 to 9, which Delta's log needs: numbers and"
              + " dates are formatted without a locale from now on, in all of the process. To choose"
              + " another locale yourself, start it with -Duser.language",
          locale.toLanguageTag());
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
  }
}
