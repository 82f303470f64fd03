package io.tas.dbhub.cli.login;

import io.tas.dbhub.cli.config.Configuration;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Forgets a stored token. */
@Command(name = "logout", description = "Forgets the stored token; the server stays configured.")
public final class LogoutCommand implements Callable<Integer> {
  private final Session session;

  public LogoutCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Configuration stored = session.configuration().read();
    String name = session.resolver().contextName();
    stored
        .context(name)
        .filter(context -> context.token() != null)
        .ifPresentOrElse(
            context -> {
              session.configuration().write(stored.replacing(name, context.loggedOut()));
              session.terminal().note("Logged out of " + context.url() + ".");
            },
            () -> session.terminal().note("Nobody is logged in as context " + name + "."));
    return 0;
  }
}
