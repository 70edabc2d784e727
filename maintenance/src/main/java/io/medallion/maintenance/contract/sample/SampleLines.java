package io.medallion.maintenance.contract.sample;

import io.medallion.job.event.EventLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Goes over the lines of a file, as bytes. Of a line that is longer than a body may be, it keeps
 * only the length.
 */
final class SampleLines {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;
  private long length;

  SampleLines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  /** Goes to the next line; false after the last one. */
  boolean next() throws IOException {
    int b = in.read();
    if (b < 0) {
      return false;
    }
    number++;
    length = 0;
    line.reset();
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (length < EventLimits.BODY_BYTES) {
        line.write(b);
      }
      length++;
    }
    return true;
  }

  /** Of the line, from 1 on. */
  long number() {
    return number;
  }

  /** Bytes of the line, without its end. */
  long length() {
    return length;
  }

  boolean isTooLong() {
    return length > EventLimits.BODY_BYTES;
  }

  /** The line, if it is not too long. */
  byte[] body() {
    return line.toByteArray();
  }
}
