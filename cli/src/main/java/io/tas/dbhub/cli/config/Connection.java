package io.tas.dbhub.cli.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which server is asked, and as whom.
 *
 * @param source where the server's URL was found, for people
 */
public record Connection(
    ServerUrl url, String token, Optional<String> space, Optional<Path> caFile, String source) {
  /** Records tell all they hold; this one holds a token. */
  @Override
  public String toString() {
    return "Connection[" + url.text() + "]";
  }
}
