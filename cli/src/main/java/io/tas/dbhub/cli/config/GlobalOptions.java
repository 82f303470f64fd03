package io.tas.dbhub.cli.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What may be said with every command. */
public final class GlobalOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The server (environment: DBHUB_URL).")
  private @Nullable String url;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "A server that login stored under this name (DBHUB_CONTEXT).")
  private @Nullable String context;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      scope = ScopeType.INHERIT,
      description = "The space, where the token has several (DBHUB_SPACE).")
  private @Nullable String space;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Holds the token (DBHUB_TOKEN_FILE; DBHUB_TOKEN is the token itself).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "PEM certificates to believe, instead of the system's.")
  private @Nullable Path caFile;

  @Option(
      names = "--insecure-http",
      scope = ScopeType.INHERIT,
      description = "Send the token unencrypted to a server on another machine.")
  private boolean insecureHttp;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      scope = ScopeType.INHERIT,
      description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Tell each request and its answer's status.")
  private boolean verbose;

  public @Nullable String url() {
    return url;
  }

  public @Nullable String context() {
    return context;
  }

  public @Nullable String space() {
    return space;
  }

  public @Nullable Path tokenFile() {
    return tokenFile;
  }

  public @Nullable Path caFile() {
    return caFile;
  }

  public boolean insecureHttp() {
    return insecureHttp;
  }

  /** In seconds. */
  public int timeout() {
    return timeout;
  }

  public boolean verbose() {
    return verbose;
  }
}
