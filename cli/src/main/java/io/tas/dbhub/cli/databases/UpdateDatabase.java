package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "update",
    description = {
      "Changes a database; what is not given stays.",
      "--label replaces all labels. New connection data is tried before it replaces the old."
    })
final class UpdateDatabase implements Callable<Integer> {
  private final Session session;

  @Mixin private DatabaseArgument database = new DatabaseArgument();

  @Option(names = "--name", paramLabel = "NAME", description = "A new name.")
  private @Nullable String name;

  @Mixin private ConnectionFields fields = new ConnectionFields();

  @Option(
      names = "--if-match",
      paramLabel = "ETAG",
      description = "Only if it is still what get showed with it; 5 otherwise.")
  private @Nullable String tag;

  @Mixin private WaitOption wait = new WaitOption();
  @Mixin private OutputOption output = new OutputOption();

  UpdateDatabase(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = fields.read(session.secrets());
    if (name != null) {
      body.put("name", name);
    }
    if (body.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say what to change: dbhubctl databases update --help");
    }
    ApiRequest request =
        ApiRequest.put("databases/" + new DatabaseNames(session).id(database.text()), body);
    new Settling(session)
        .show(
            session.api().call(tag == null ? request : request.header("If-Match", tag)),
            wait.wanted(),
            output.format());
    return 0;
  }
}
