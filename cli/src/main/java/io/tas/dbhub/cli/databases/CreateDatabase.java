package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Makes a connection to a database.",
      "The password comes from a prompt, --password-file or --password-stdin, never from an"
          + " argument."
    })
final class CreateDatabase implements Callable<Integer> {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** A first probe ends after connection and query timeout, which are at most an hour. */
  private static final int MOST_LOOKS = 3900;

  private final Session session;

  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  private String name = "";

  @Mixin private ConnectionFields fields = new ConnectionFields();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeating the command with the same key makes nothing twice.")
  private String key = UUID.randomUUID().toString();

  @Option(
      names = "--wait",
      description = "Wait until it has been tried for the first time; 1 where it does not work.")
  private boolean wait;

  @Mixin private OutputOption output = new OutputOption();

  CreateDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = fields.read(session.secrets());
    body.put("name", name);
    if (ConnectionFields.lacksPassword(body)) {
      body.put(
          "password",
          session
              .prompt("give the password with --password-file or --password-stdin.")
              .askSecretly("Password of " + body.path("username").asText() + " (not shown): "));
    }
    Answer answer = create(body);
    Settling settling = new Settling(session);
    if (!wait) {
      settling.show(answer, false, output.format());
      if (answer.status() == 202 && output.format() == Format.name) {
        session.terminal().name(name);
      }
      return 0;
    }
    settling.await(answer);
    Answer tried = awaitTried(Settling.databaseId(answer));
    DatabaseView.print(session.terminal(), tried, output.format());
    String status = tried.body().path("status").asText();
    if (status.equals("Failed")) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "It is made, but does not work: " + tried.body().path("status_message").asText(),
          "What to do: dbhubctl databases test \"" + name + "\" shows the step that fails.");
    }
    return 0;
  }

  private Answer create(JsonNode body) {
    try {
      return session
          .api()
          .call(ApiRequest.post("databases", body).header("Idempotency-Key", key).repeatable());
    } catch (CommandFailure failure) {
      throw failure.exitCode() == ExitCode.UNAVAILABLE
          ? failure.with("Repeating it with --idempotency-key " + key + " makes nothing twice.")
          : failure;
    }
  }

  private Answer awaitTried(String id) {
    for (int look = 0; look < MOST_LOOKS; look++) {
      Answer answer = session.api().call(ApiRequest.get("databases/" + id));
      JsonNode database = answer.body();
      if (!database.path("status").asText().equals("Pending")
          || !database.path("is_active").asBoolean(true)) {
        return answer;
      }
      session.pause().forDuration(BETWEEN);
    }
    throw new CommandFailure(ExitCode.FAILED, "It has not been tried for too long.");
  }
}
