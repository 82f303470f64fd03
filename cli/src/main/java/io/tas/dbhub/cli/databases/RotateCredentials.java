package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate",
    description = {
      "Changes the credentials of a database that is being used.",
      "The new password comes from a prompt, --password-file or --password-stdin; it is tried"
          + " before it replaces the old one."
    })
final class RotateCredentials implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Option(names = "--username", paramLabel = "NAME", description = "A new one.")
  private @Nullable String username;

  @Mixin private SecretOptions password = new SecretOptions();
  @Mixin private WaitOption wait = new WaitOption();
  @Mixin private OutputOption output = new OutputOption();

  RotateCredentials(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String id = new DatabaseNames(session).id(database.text());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (username != null) {
      body.put("username", username);
    }
    password()
        .filter(secret -> !secret.isEmpty())
        .ifPresent(secret -> body.put("password", secret));
    new Settling(session)
        .show(
            session.api().call(ApiRequest.post("databases/" + id + "/credentials", body)),
            wait.wanted(),
            output.format());
    return 0;
  }

  /** Of a username alone nobody is asked for a password where nobody is there. */
  private Optional<String> password() {
    Optional<String> given = password.read(session.secrets());
    if (given.isPresent() || (username != null && session.terminal().screen().prompt().isEmpty())) {
      return given;
    }
    return Optional.of(
        session
            .prompt("give the password with --password-file or --password-stdin.")
            .askSecretly(
                username == null
                    ? "New password (not shown): "
                    : "New password (not shown; empty: it stays): "));
  }
}
