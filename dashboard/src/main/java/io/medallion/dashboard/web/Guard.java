package io.medallion.dashboard.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask.
 *
 * <ul>
 *   <li>On the loopback address, everybody who is there: but only under a loopback name, or any web
 *       page could point a name of its own at this machine and read along (DNS rebinding).
 *   <li>Elsewhere, who has the token: in the header {@code Authorization: Bearer}, or in a cookie
 *       that the page gets for it, which holds a secret of this run and not the token.
 *   <li>What changes something must come from the page itself, not from another site's.
 * </ul>
 */
final class Guard {

  private static final String COOKIE = "medallion";
  private static final int SECRET_BYTES = 32;
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean onLoopback;
  private final Optional<byte[]> token;
  private final String session;

  /**
   * @param token empty only on a loopback address
   */
  Guard(InetAddress address, Optional<String> token) {
    this.onLoopback = address.isLoopbackAddress();
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    if (!onLoopback && token.isEmpty()) {
      throw new IllegalArgumentException("Without a token only the loopback address is allowed");
    }
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    this.session = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Whether the request was sent to a name that is this server's. */
  boolean isAddressedHere(HeaderMap headers) {
    List<String> hosts = headers.get(Headers.HOST);
    if (hosts == null || hosts.size() != 1) {
      return false;
    }
    // With a token, a stranger's page gets nothing: a browser does not send it the cookie.
    return token.isPresent() || LOOPBACK_NAMES.contains(name(hosts.get(0)));
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /** Whether the asker has shown the token, or needs none. */
  boolean isKnown(HttpServerExchange exchange) {
    if (token.isEmpty()) {
      return true;
    }
    String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    if (authorization != null && authorization.startsWith("Bearer ")) {
      return isToken(authorization.substring("Bearer ".length()).strip());
    }
    Cookie cookie = exchange.getRequestCookie(COOKIE);
    return cookie != null && equal(session, cookie.getValue());
  }

  boolean isToken(String candidate) {
    return token.isPresent()
        && MessageDigest.isEqual(token.get(), candidate.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a request that changes something was made by the page itself, or by no page. */
  boolean isOwnPage(HeaderMap headers) {
    String origin = headers.getFirst(Headers.ORIGIN);
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean sameOrigin =
        origin == null
            || origin.replaceFirst("^https?://", "").equals(headers.getFirst(Headers.HOST));
    return sameOrigin && (site == null || site.equals("same-origin") || site.equals("none"));
  }

  /** Lets the page in from now on. */
  Cookie newCookie() {
    return new CookieImpl(COOKIE, session).setPath("/").setHttpOnly(true).setSameSiteMode("Strict");
  }

  private static boolean equal(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
