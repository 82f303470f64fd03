package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Makes the databases that a file lists.",
      "Without --run every row is checked and reported, and nothing is made."
    })
final class ImportBatch implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file; - for standard input.")
  private String file = "";

  @Mixin private FileOptions source = new FileOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private OutputOption output = new OutputOption();

  ImportBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> parameters = options.parameters(FileOptions.name(file));
    parameters.put("format", source.format(file));
    return new CheckedBatch(session)
        .follow(
            ApiRequest.post("batches/import", FileOptions.body(session, file)).with(parameters),
            options,
            output.format());
  }
}
