package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.http.Problems;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.terminal.Prompt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "repair",
    description = {
      "Puts back what somebody removed or changed by hand.",
      "Where the Secret is gone it needs the username and the password again."
    })
final class RepairDatabase implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Option(names = "--username", paramLabel = "NAME", description = "For a Secret that is gone.")
  private @Nullable String username;

  @Mixin private SecretOptions password = new SecretOptions();
  @Mixin private WaitOption wait = new WaitOption();
  @Mixin private OutputOption output = new OutputOption();

  RepairDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String path = "databases/" + new DatabaseNames(session).id(database.text()) + "/repair";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (username != null) {
      body.put("username", username);
    }
    password.read(session.secrets()).ifPresent(secret -> body.put("password", secret));
    Answer answer = session.api().send(ApiRequest.post(path, body));
    if (answer.body().path("code").asText().equals("CredentialsNeeded")
        && body.isEmpty()
        && session.terminal().screen().prompt().isPresent()) {
      Prompt prompt = session.terminal().screen().prompt().get();
      session.terminal().note("Its Secret is gone: only you know the credentials.");
      body.put("username", prompt.ask("Username: "));
      body.put("password", prompt.askSecretly("Password (not shown): "));
      answer = session.api().send(ApiRequest.post(path, body));
    }
    if (!answer.succeeded()) {
      throw Problems.failure(answer);
    }
    for (JsonNode part : answer.body().path("put_back")) {
      session.terminal().note("Put back: " + part.asText());
    }
    new Settling(session).show(answer, wait.wanted() && answer.status() == 202, output.format());
    return 0;
  }
}
