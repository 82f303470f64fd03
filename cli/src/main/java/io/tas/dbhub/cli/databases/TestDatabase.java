package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.TextTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description = {
      "Tries a database now, or with --type and the like one that is not saved.",
      "Every step is told; 1 where it does not work."
    })
final class TestDatabase implements Callable<Integer> {
  /** A target may take its whole time to connect and to answer. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Session session;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DATABASE", description = "Name or id.")
  private @Nullable String database;

  @Mixin private ConnectionFields fields = new ConnectionFields();
  @Mixin private OutputOption output = new OutputOption();

  TestDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode unsaved = fields.read(session.secrets());
    if ((database == null) == unsaved.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say either a database or, with options, one that is not saved.");
    }
    Answer answer = session.api().call(request(unsaved).within(LONGEST).repeatable());
    JsonNode found = answer.body();
    if (output.format() == Format.json) {
      JsonText.print(session.terminal(), answer);
    } else {
      print(found);
    }
    if (!found.path("reachable").asBoolean()) {
      throw failure(found);
    }
    return 0;
  }

  private ApiRequest request(ObjectNode unsaved) {
    if (database != null) {
      return ApiRequest.post("databases/" + new DatabaseNames(session).id(database) + "/test");
    }
    if (ConnectionFields.lacksPassword(unsaved)) {
      unsaved.put(
          "password",
          session
              .prompt("give the password with --password-file or --password-stdin.")
              .askSecretly("Password (not shown): "));
    }
    return ApiRequest.post("databases/test", unsaved);
  }

  private void print(JsonNode found) {
    TextTable steps = Tables.of(session.terminal(), List.of("STEP", "RESULT", "MS"));
    for (JsonNode step : found.path("steps")) {
      steps.add(
          List.of(
              step.path("name").asText(),
              step.path("ok").asBoolean() ? "ok" : "failed",
              step.path("duration_ms").asText()));
    }
    Tables.print(session.terminal(), steps);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Server", found.path("server_version").asText());
    fields.put("Tables", found.path("tables").asText());
    fields.put(
        "Login",
        found.has("read_only_role")
            ? found.path("read_only_role").asBoolean() ? "may only read" : "may write"
            : "");
    Tables.printFields(session.terminal(), fields);
  }

  private static CommandFailure failure(JsonNode found) {
    for (JsonNode step : found.path("steps")) {
      JsonNode error = step.path("error");
      if (error.isObject()) {
        return new CommandFailure(
            ExitCode.FAILED,
            "It fails at " + step.path("name").asText() + ": " + error.path("message").asText(),
            "What to do: " + error.path("suggestion").asText());
      }
    }
    return new CommandFailure(
        ExitCode.FAILED, "It does not work: " + found.path("status_message").asText());
  }
}
