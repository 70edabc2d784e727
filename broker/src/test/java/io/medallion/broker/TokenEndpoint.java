package io.medallion.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Stands in for Entra ID: gives a client that shows the right secret a signed token, for the
 * audience that its scope names, and keeps what it was asked.
 */
final class TokenEndpoint implements AutoCloseable {

  static final String TENANT = "11111111-2222-3333-4444-555555555555";
  static final String CLIENT = "66666666-7777-8888-9999-000000000000";
  static final String SECRET = "canary~Client.S3cret";
  static final String ISSUER = "https://sts.test/" + TENANT + "/";

  private static final String KEY_ID = "key-1";

  private final HttpsServer server;
  private final KeyPair keys;
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final Duration lifetime;

  private TokenEndpoint(HttpsServer server, KeyPair keys, Duration lifetime) {
    this.server = server;
    this.keys = keys;
    this.lifetime = lifetime;
  }

  static TokenEndpoint start(Certificate certificate, Duration lifetime) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    TokenEndpoint endpoint = new TokenEndpoint(server, generator.generateKeyPair(), lifetime);
    server.createContext("/" + TENANT + "/oauth2/v2.0/token", endpoint::answer);
    server.start();
    return endpoint;
  }

  String authorityHost() {
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The form fields of each request for a token. */
  List<Map<String, String>> requests() {
    return requests;
  }

  /** Writes the public key as a JSON Web Key Set and returns the file's URL. */
  String writeKeys(Path file) throws IOException {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    Files.writeString(
        file,
        """
        {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "%s", "n": "%s", "e": "%s"}]}"""
            .formatted(KEY_ID, unsigned(key.getModulus()), unsigned(key.getPublicExponent())));
    return file.toUri().toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        Arrays.stream(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .split("&"))
            .map(field -> field.split("=", 2))
            .collect(Collectors.toMap(field -> field[0], field -> decode(field[1])));
    requests.add(form);
    boolean known = SECRET.equals(form.get("client_secret"));
    byte[] body = (known ? granted(form) : refused()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String granted(Map<String, String> form) {
    return """
    {"token_type": "Bearer", "expires_in": %d, "access_token": "%s"}"""
        .formatted(lifetime.toSeconds(), token(audience(form.get("scope"))));
  }

  /** Of the scopes asked for, the one that is not of the sign-in protocol itself. */
  private static String audience(String scopes) {
    return Arrays.stream(scopes.split(" "))
        .filter(scope -> scope.endsWith("/.default"))
        .map(scope -> scope.substring(0, scope.length() - "/.default".length()))
        .findFirst()
        .orElseThrow();
  }

  private static String refused() {
    return """
    {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret.", \
    "error_codes": [7000215]}""";
  }

  private String token(String audience) {
    long now = Instant.now().getEpochSecond();
    String content =
        base64("{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"" + KEY_ID + "\"}")
            + "."
            + base64(
                """
                {"iss": "%s", "aud": "%s", "sub": "%s", "iat": %d, "nbf": %d, "exp": %d}"""
                    .formatted(ISSUER, audience, CLIENT, now, now, now + lifetime.toSeconds()));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
