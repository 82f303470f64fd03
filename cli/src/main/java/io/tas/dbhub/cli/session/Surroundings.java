package io.tas.dbhub.cli.session;

import io.tas.dbhub.cli.http.Pause;
import io.tas.dbhub.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the command runs in.
 *
 * @param local data directory of {@code bin/up} in the checkout that it runs from
 */
public record Surroundings(
    Terminal terminal,
    Map<String, String> environment,
    Path home,
    Optional<Path> local,
    Pause pause) {
  /** Those of this process. */
  public static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        Terminal.ofProcess(environment),
        environment,
        Path.of(System.getProperty("user.home")),
        Optional.ofNullable(System.getProperty("dbhubctl.local")).map(Path::of),
        Pause.real());
  }
}
