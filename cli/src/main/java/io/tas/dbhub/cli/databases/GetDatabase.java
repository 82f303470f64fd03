package io.tas.dbhub.cli.databases;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", description = "Shows one database.")
final class GetDatabase implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();
  @Mixin private OutputOption output = new OutputOption();

  GetDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String id = new DatabaseNames(session).id(database.text());
    DatabaseView.print(
        session.terminal(), session.api().call(ApiRequest.get("databases/" + id)), output.format());
    return 0;
  }
}
