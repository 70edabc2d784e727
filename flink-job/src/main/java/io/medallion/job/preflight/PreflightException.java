package io.medallion.job.preflight;

import java.util.List;

/**
 * What the job needs and cannot use; the message has one line for each, with the setting to mend.
 */
public final class PreflightException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PreflightException(List<String> failures) {
    super(String.join(System.lineSeparator(), failures));
  }
}
