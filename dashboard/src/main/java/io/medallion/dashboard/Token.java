package io.medallion.dashboard;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the token comes from: never from the command line, which other users of a machine see. */
final class Token {

  static final String VARIABLE = "MEDALLION_DASHBOARD_TOKEN";

  private static final int LEAST_CHARACTERS = 16;
  private static final int MOST_BYTES = 4_096;

  private Token() {}

  /**
   * @throws WrongUse if there is none to be had where one was named, or it is too short
   */
  static Optional<String> find(Optional<Path> file, Map<String, String> environment) {
    Optional<String> token =
        file.map(Token::read).or(() -> Optional.ofNullable(environment.get(VARIABLE)));
    token = token.map(String::strip);
    if (token.isPresent() && token.get().length() < LEAST_CHARACTERS) {
      throw new WrongUse(
          "The token of "
              + file.map(Path::toString).orElse(VARIABLE)
              + " is shorter than "
              + LEAST_CHARACTERS
              + " characters: 'openssl rand -hex 32' makes a good one.");
    }
    return token;
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new WrongUse("--token-file " + file + " is too long for a token.");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new WrongUse(
          "Cannot read --token-file " + file + " (" + e.getClass().getSimpleName() + ").", e);
    }
  }
}
