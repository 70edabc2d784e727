package io.medallion.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * An answer, made once and sent to any number of pages: as it is, compressed, or, to who has it
 * already, only its tag. Not to be changed.
 */
final class Reply {

  static final String JSON = "application/json; charset=utf-8";

  /** Below that, compressed content is hardly shorter. */
  private static final int WORTH_COMPRESSING = 512;

  private static final int TAG_BYTES = 12;

  private final int status;
  private final String type;
  private final byte[] body;
  private final Optional<byte[]> gzip;
  private final String tag;
  private final Map<String, String> headers;

  private Reply(
      int status,
      String type,
      byte[] body,
      Optional<byte[]> gzip,
      String tag,
      Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.gzip = gzip;
    this.tag = tag;
    this.headers = headers;
  }

  static Reply of(int status, String type, byte[] body) {
    return new Reply(
        status,
        type,
        body,
        body.length < WORTH_COMPRESSING ? Optional.empty() : Optional.of(compress(body)),
        tag(body),
        Map.of());
  }

  static Reply json(int status, byte[] body) {
    return of(status, JSON, body);
  }

  static Reply empty(int status) {
    return of(status, JSON, new byte[0]);
  }

  /** What is wrong with a request, in the API's form. */
  static Reply problem(int status, String message) {
    return json(
        status,
        Json.bytes(
            out -> {
              out.writeStartObject();
              out.writeStringField("error", message);
              out.writeEndObject();
            }));
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, gzip, tag, Map.copyOf(more));
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  byte[] body() {
    return body;
  }

  /** Empty if it is not worth it. */
  Optional<byte[]> gzip() {
    return gzip;
  }

  /** Changes with the content. */
  String tag() {
    return tag;
  }

  /** Further ones. */
  Map<String, String> headers() {
    return headers;
  }

  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 3);
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static String tag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      byte[] text = Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOf(hash, TAG_BYTES));
      // Weak: the same tag for the compressed form.
      return "W/\"" + new String(text, StandardCharsets.US_ASCII) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
