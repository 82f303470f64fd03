package io.tas.dbhub.cli.login;

import io.tas.dbhub.cli.config.Connection;
import io.tas.dbhub.cli.config.ConnectionResolver;
import io.tas.dbhub.cli.config.GlobalOptions;
import io.tas.dbhub.cli.config.ServerUrl;
import io.tas.dbhub.cli.config.StoredContext;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores a server and a token that it accepts. */
@Command(
    name = "login",
    description = {
      "Stores a server's URL and your token, after trying them.",
      "The token comes from a prompt, --token-file or --token-stdin, never from an argument."
    })
public final class LoginCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--token-stdin", description = "Read the token from the standard input.")
  private boolean tokenFromInput;

  public LoginCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    GlobalOptions options = session.options();
    ConnectionResolver resolver = session.resolver();
    String name = resolver.contextName();
    @Nullable StoredContext before = session.configuration().read().context(name).orElse(null);
    ServerUrl url = ServerUrl.parse(url(before));
    @Nullable StoredContext same =
        before != null && ServerUrl.parse(before.url()).equals(url) ? before : null;
    resolver.check(url, same);
    String token = ConnectionResolver.validToken(token());
    Path chosen = options.caFile();
    @Nullable String caFile =
        chosen != null ? chosen.toAbsolutePath().toString() : same == null ? null : same.caFile();
    Optional<String> space = resolver.space(same);
    Connection connection =
        new Connection(url, token, space, Optional.ofNullable(caFile).map(Path::of), "--url");
    session.api(connection).read(ApiRequest.get("databases", Map.of("page_size", "1")));
    boolean insecure = options.insecureHttp() || (same != null && same.insecureHttp());
    session
        .configuration()
        .write(
            session
                .configuration()
                .read()
                .with(
                    name,
                    new StoredContext(url.text(), token, space.orElse(null), caFile, insecure)));
    session
        .terminal()
        .note(
            "Logged in to "
                + url.text()
                + " as context "
                + name
                + ", stored in "
                + session.configuration().path()
                + ".");
    return 0;
  }

  private String url(@Nullable StoredContext before) {
    String given = session.resolver().givenUrl();
    if (given != null) {
      return given;
    }
    String offered = before == null ? "" : before.url();
    String answer =
        session
            .prompt("name the server with --url.")
            .ask(offered.isEmpty() ? "Server's URL: " : "Server's URL [" + offered + "]: ");
    return answer.isBlank() ? offered : answer;
  }

  private String token() {
    if (tokenFromInput) {
      return session.secrets().ofInput();
    }
    String given = session.resolver().givenToken();
    return given != null
        ? given
        : session
            .prompt("give the token with --token-file or --token-stdin.")
            .askSecretly("Token (not shown): ");
  }
}
