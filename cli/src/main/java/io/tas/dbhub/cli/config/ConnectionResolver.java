package io.tas.dbhub.cli.config;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which server is meant, and who asks: options before environment before file, and the
 * checkout's own system where none of them says anything. A stored token is for the server that it
 * was stored with, and for no other.
 */
public final class ConnectionResolver {
  private static final String VISIBLE = "[\\x21-\\x7e]+";

  private final GlobalOptions options;
  private final Map<String, String> environment;
  private final ConfigurationFile file;
  private final Optional<LocalSystem> local;
  private final Secrets secrets;

  /**
   * @param local of the checkout that the command runs from
   */
  public ConnectionResolver(
      GlobalOptions options,
      Map<String, String> environment,
      ConfigurationFile file,
      Optional<LocalSystem> local,
      Secrets secrets) {
    this.options = options;
    this.environment = environment;
    this.file = file;
    this.local = local;
    this.secrets = secrets;
  }

  /** The name of the context that is meant, whether there is one or not. */
  public String contextName() {
    String named = chosenContext();
    return named == null ? file.read().currentContext() : named;
  }

  /**
   * @throws CommandFailure USAGE or NOT_ALLOWED when it cannot be known, or must not be
   */
  public Connection resolve() {
    Configuration stored = file.read();
    String name = contextName();
    @Nullable StoredContext context = stored.context(name).orElse(null);
    if (context == null && chosenContext() != null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no context " + name + " in " + file.path() + ".",
          "dbhubctl login --context " + name + " makes it.");
    }
    String source = "context " + name;
    String given = givenUrl();
    if (given == null && context == null) {
      context = local.flatMap(LocalSystem::context).orElse(null);
      source = "bin/up, in " + local.map(found -> found.directory().toString()).orElse("");
    }
    if (given != null) {
      source = options.url() != null ? "--url" : "DBHUB_URL";
    } else if (context != null) {
      given = context.url();
    } else {
      throw new CommandFailure(
          ExitCode.NOT_ALLOWED,
          "No server is configured.",
          "dbhubctl login stores one; --url and --token-file, or DBHUB_URL and DBHUB_TOKEN_FILE,"
              + " name one.");
    }
    ServerUrl url = ServerUrl.parse(given);
    boolean stays = context != null && ServerUrl.parse(context.url()).equals(url);
    @Nullable StoredContext ours = stays ? context : null;
    check(url, ours);
    return new Connection(url, token(url, ours), space(ours), caFile(ours), source);
  }

  /**
   * @throws CommandFailure USAGE when the token would be readable on its way to the server
   */
  public void check(ServerUrl url, @Nullable StoredContext context) {
    boolean allowed = options.insecureHttp() || (context != null && context.insecureHttp());
    if (url.readableOnItsWay() && !allowed) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Over http:// everybody on the way to " + url.text() + " could read the token.",
          "Use https://, or say --insecure-http if you are sure.");
    }
  }

  /**
   * @throws CommandFailure USAGE for what cannot be one; its text is not told
   */
  public static String validToken(String text) {
    String token = text.strip();
    if (!token.matches(VISIBLE)) {
      throw new CommandFailure(
          ExitCode.USAGE, "The token is not valid: it has no spaces, line breaks or accents.");
    }
    return token;
  }

  private String token(ServerUrl url, @Nullable StoredContext ours) {
    String given = givenToken();
    if (given == null && ours != null) {
      given = ours.token();
    }
    if (given == null) {
      throw new CommandFailure(
          ExitCode.NOT_ALLOWED,
          "There is no token for " + url.text() + ".",
          "dbhubctl login asks for one; --token-file and DBHUB_TOKEN_FILE name a file with one.");
    }
    return validToken(given);
  }

  /** The URL that the options or the environment say; null where neither does. */
  public @Nullable String givenUrl() {
    return options.url() != null ? options.url() : environment("DBHUB_URL");
  }

  /** The token that the options or the environment say; null where neither does. */
  public @Nullable String givenToken() {
    Path tokenFile = options.tokenFile();
    if (tokenFile != null) {
      return secrets.ofFile(tokenFile);
    }
    String text = environment("DBHUB_TOKEN");
    String named = environment("DBHUB_TOKEN_FILE");
    return text != null ? text : named == null ? null : secrets.ofFile(Path.of(named));
  }

  /** The space that the options or the environment say, or else the context; null for none. */
  public Optional<String> space(@Nullable StoredContext context) {
    String given = options.space() != null ? options.space() : environment("DBHUB_SPACE");
    String space = given != null ? given : context == null ? null : context.space();
    if (space != null && !space.matches(VISIBLE)) {
      throw new CommandFailure(ExitCode.USAGE, "The space is not valid.");
    }
    return Optional.ofNullable(space);
  }

  private Optional<Path> caFile(@Nullable StoredContext context) {
    if (options.caFile() != null) {
      return Optional.of(options.caFile());
    }
    String stored = context == null ? null : context.caFile();
    return Optional.ofNullable(stored).map(Path::of);
  }

  private @Nullable String chosenContext() {
    return options.context() != null ? options.context() : environment("DBHUB_CONTEXT");
  }

  /**
   * Who names a context as an option means that one, whatever the environment says of a server.
   * What is empty counts as not set.
   */
  private @Nullable String environment(String variable) {
    if (options.context() != null) {
      return null;
    }
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? null : value;
  }
}
