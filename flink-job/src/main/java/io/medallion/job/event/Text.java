package io.medallion.job.event;

import java.nio.charset.StandardCharsets;

/**
 * A short text and its UTF-8 form: decoded once, compared as a string, written to files as bytes.
 *
 * <p>Not to be changed once made; the fields are open only for Flink's POJO serializer.
 */
public final class Text {

  public String value;
  public byte[] utf8;

  /** For the serializer. */
  public Text() {}

  public Text(String value) {
    this.value = value;
    this.utf8 = value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return value;
  }
}
