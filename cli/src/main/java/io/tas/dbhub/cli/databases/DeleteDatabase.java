package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.http.Problems;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.terminal.SafeText;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "delete",
    aliases = "rm",
    description = "Takes the connection away; the database itself stays.")
final class DeleteDatabase implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask first.")
  private boolean sure;

  @Mixin private WaitOption wait = new WaitOption();

  DeleteDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    JsonNode found = new DatabaseNames(session).find(database.text());
    String name = found.path("name").asText();
    if (!sure && !confirmed(name)) {
      throw new CommandFailure(ExitCode.FAILED, "Nothing was deleted.");
    }
    Answer answer = session.api().send(ApiRequest.delete("databases/" + found.path("id").asText()));
    // Where an answer was lost, what it asked for may have happened.
    boolean gone = answer.status() == 404 && answer.repeated();
    if (!answer.succeeded() && !gone) {
      throw Problems.failure(answer);
    }
    Settling settling = new Settling(session);
    if (answer.status() == 202 && !wait.wanted()) {
      settling.tell(answer, Format.table);
      return 0;
    }
    if (answer.status() == 202) {
      settling.await(answer);
    }
    session.terminal().note(name + " is gone.");
    return 0;
  }

  private boolean confirmed(String name) {
    String answer =
        session
            .prompt("say --yes to delete without being asked.")
            .ask("Delete the connection \"" + SafeText.line(name) + "\"? [y/N] ")
            .strip()
            .toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }
}
