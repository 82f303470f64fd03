package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.http.RequestBody;
import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.SelectorOptions;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    description = {
      "Gives many databases new credentials: those of a file with id or name, username and"
          + " password, or those that a command makes for each.",
      "Each is tried before it replaces the old one."
    })
final class RotateBatch implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file; - for standard input.")
  private @Nullable String file;

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description = {
        "Runs it for each database that --label, --type or --all say, with DBHUB_ID and DBHUB_NAME"
            + " in its environment; it writes lines username=… and password=…, or one of them."
      })
  private @Nullable String command;

  @Mixin private SelectorOptions selector = new SelectorOptions();
  @Mixin private FileOptions source = new FileOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private OutputOption output = new OutputOption();

  RotateBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String path = file;
    String made = command;
    if ((path == null) == (made == null)) {
      throw new CommandFailure(ExitCode.USAGE, "Give a file, or a --command, and not both.");
    }
    Map<String, String> parameters = options.parameters(path == null ? "" : FileOptions.name(path));
    RequestBody body;
    if (path == null) {
      parameters.put("format", "ndjson");
      body = generated(String.valueOf(made));
    } else {
      parameters.put("format", source.format(path));
      body = FileOptions.body(session, path);
    }
    return new CheckedBatch(session)
        .follow(ApiRequest.post("batches/rotate", body).with(parameters), options, output.format());
  }

  /** Held in memory and written nowhere. */
  private RequestBody generated(String shell) {
    if (selector.all() == selector.selects()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say which databases: --label and --type, or --all.");
    }
    GeneratedCredentials credentials = new GeneratedCredentials(shell);
    StringBuilder rows = new StringBuilder();
    new Listing("databases", "databases", Map.of(), one -> "")
        .each(
            session,
            selector.filter(),
            0,
            one -> {
              // A file has no login.
              if (!one.path("type").asText().equals("sqlite")) {
                rows.append(credentials.of(one)).append('\n');
              }
            });
    return RequestBody.text("application/x-ndjson", rows.toString());
  }
}
