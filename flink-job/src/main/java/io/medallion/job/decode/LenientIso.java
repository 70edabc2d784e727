package io.medallion.job.decode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as log files, databases and devices write them, brought into the form of ISO-8601 that
 * {@link EventTimeParser} reads: a blank for the {@code T} or nothing, a comma for the point, no
 * seconds, an offset without a colon or minutes or behind a blank, {@code UTC} for {@code Z}, no
 * hyphens and colons, a zone in brackets behind the offset, which says the same.
 */
final class LenientIso {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(-?)(\\d{2})\\2(\\d{2})[Tt ]?(\\d{2})(:?)(\\d{2})(?:\\6(\\d{2})(?:[.,](\\d{1,9}))?)?"
              + "(?: ?(?:([Zz]|UTC|GMT)|([-+]\\d{2})(?::?(\\d{2}))?)(?:\\[[^\\]]*])?)?");

  private static final int MAX_LENGTH = 64;

  private LenientIso() {}

  /** Null if the text is no such time. */
  static String strict(String text) {
    Matcher form = text.length() > MAX_LENGTH ? null : FORM.matcher(text);
    if (form == null || !form.matches()) {
      return null;
    }
    StringBuilder iso = new StringBuilder();
    iso.append(form.group(1)).append('-').append(form.group(3)).append('-').append(form.group(4));
    iso.append('T').append(form.group(5)).append(':').append(form.group(7));
    iso.append(':').append(form.group(8) == null ? "00" : form.group(8));
    if (form.group(9) != null) {
      iso.append('.').append(form.group(9));
    }
    if (form.group(10) != null) {
      iso.append('Z');
    } else if (form.group(11) != null) {
      iso.append(form.group(11)).append(':').append(form.group(12) == null ? "00" : form.group(12));
    }
    return iso.toString();
  }
}
