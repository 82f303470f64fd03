package io.tas.dbhub.cli.session;

import io.tas.dbhub.cli.config.ConfigurationFile;
import io.tas.dbhub.cli.config.Connection;
import io.tas.dbhub.cli.config.ConnectionResolver;
import io.tas.dbhub.cli.config.GlobalOptions;
import io.tas.dbhub.cli.config.LocalSystem;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiClient;
import io.tas.dbhub.cli.http.Pause;
import io.tas.dbhub.cli.terminal.Prompt;
import io.tas.dbhub.cli.terminal.Secrets;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with: the terminal, and the API as options, environment and file say. Of one
 * command; not thread-safe.
 */
public final class Session {
  /** More than any request may hold. */
  private static final int LONGEST_TEXT = 4 * 1024 * 1024;

  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final ConfigurationFile file;
  private final Secrets secrets;
  private final ConnectionResolver resolver;
  private @Nullable ApiClient api;

  public Session(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.file = ConfigurationFile.of(surroundings.environment(), surroundings.home());
    this.secrets = new Secrets(surroundings.terminal());
    this.resolver =
        new ConnectionResolver(
            options,
            surroundings.environment(),
            file,
            surroundings.local().map(LocalSystem::new),
            secrets);
  }

  public Terminal terminal() {
    return surroundings.terminal();
  }

  public GlobalOptions options() {
    return options;
  }

  public ConfigurationFile configuration() {
    return file;
  }

  public ConnectionResolver resolver() {
    return resolver;
  }

  public Secrets secrets() {
    return secrets;
  }

  /** Texts that are no secrets, such as queries. */
  public TextInput inputs() {
    return new TextInput(terminal(), LONGEST_TEXT);
  }

  public Pause pause() {
    return surroundings.pause();
  }

  /** The API of the server that is meant. */
  public ApiClient api() {
    ApiClient known = api;
    if (known == null) {
      known = api(resolver.resolve());
      api = known;
    }
    return known;
  }

  /** The API of another connection. */
  public ApiClient api(Connection connection) {
    if (options.timeout() < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--timeout is at least 1 second.");
    }
    return new ApiClient(
        connection,
        Duration.ofSeconds(options.timeout()),
        surroundings.pause(),
        line -> {
          if (options.verbose()) {
            terminal().note(line);
          }
        });
  }

  /**
   * Who can be asked.
   *
   * @param instead what else to do where nobody can
   * @throws CommandFailure USAGE where nobody sits at a terminal
   */
  public Prompt prompt(String instead) {
    return terminal()
        .screen()
        .prompt()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE, "There is no terminal to ask at.", "What to do: " + instead));
  }
}
