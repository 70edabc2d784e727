package io.medallion.dashboard.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer, made once and sent to any number of pages; to who has it already, only its tag. Not to
 * be changed.
 */
final class Reply {

  private static final String JSON = "application/json; charset=utf-8";
  private static final int TAG_BYTES = 12;

  private final int status;
  private final byte[] body;
  private final ETag tag;
  private final Map<HttpString, String> headers;

  private record Problem(String error) {}

  private Reply(int status, byte[] body, ETag tag, Map<HttpString, String> headers) {
    this.status = status;
    this.body = body;
    this.tag = tag;
    this.headers = headers;
  }

  /** Status 200. */
  static Reply of(String type, byte[] body) {
    return new Reply(StatusCodes.OK, body, tag(body), Map.of(Headers.CONTENT_TYPE, type));
  }

  /**
   * @param answer a record
   */
  static Reply json(Object answer) {
    return of(JSON, Json.bytes(answer));
  }

  static Reply empty(int status) {
    return new Reply(status, new byte[0], null, Map.of());
  }

  /** What is wrong with a request, in the API's form. */
  static Reply problem(int status, String message) {
    return json(new Problem(message)).as(status);
  }

  /** The same with another status. */
  Reply as(int other) {
    return new Reply(other, body, tag, headers);
  }

  Reply with(HttpString header, String value) {
    Map<HttpString, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, body, tag, Map.copyOf(more));
  }

  /** Sends it without waiting until it is taken. */
  void send(HttpServerExchange exchange) {
    HeaderMap out = exchange.getResponseHeaders();
    headers.forEach(out::put);
    out.put(Headers.VARY, "Accept-Encoding, Cookie");
    boolean cacheable = status == StatusCodes.OK;
    out.put(Headers.CACHE_CONTROL, cacheable ? "no-cache" : "no-store");
    exchange.setStatusCode(status);
    if (cacheable) {
      out.put(Headers.ETAG, tag.toString());
      if (!ETagUtils.handleIfNoneMatch(exchange, tag, true)) {
        out.remove(Headers.CONTENT_TYPE);
        exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
        exchange.endExchange();
        return;
      }
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  private static ETag tag(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      // Weak: the same tag for the compressed form.
      return new ETag(
          true,
          Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
