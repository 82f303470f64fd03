package io.tas.dbhub.cli.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.SafeText;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rows", description = "Tells what became of each row of a batch.")
final class RowsOfBatch implements Callable<Integer> {
  private final Session session;

  @Mixin private BatchArgument batch = new BatchArgument();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = {
        "pending, invalid, running, done, unchanged, failed or attention; several with commas"
            + " between them."
      })
  private String state = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RowFormat format = RowFormat.table;

  RowsOfBatch(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    switch (format) {
      case table -> table();
      case csv -> file("csv");
      case json -> file("ndjson");
    }
    return 0;
  }

  private void table() {
    Terminal terminal = session.terminal();
    TextTable table =
        Tables.of(terminal, List.of("ROW", "LINE", "NAME", "STATE", "WHY", "OPERATION"));
    Map<String, String> parameters = new HashMap<>(Map.of("state", state, "page_size", "1000"));
    String after;
    do {
      JsonNode page =
          session.api().read(ApiRequest.get("batches/" + batch.id() + "/rows", parameters));
      page.path("rows").forEach(row -> table.add(cells(row)));
      after = page.path("next_after").asText("");
      parameters.put("after", after);
    } while (!after.isEmpty());
    Tables.print(terminal, table);
  }

  private static List<String> cells(JsonNode row) {
    StringBuilder why = new StringBuilder(row.path("message").asText());
    for (JsonNode error : row.path("errors")) {
      why.append(why.isEmpty() ? "" : "; ")
          .append(error.path("field").asText())
          .append(' ')
          .append(error.path("message").asText());
    }
    return List.of(
        row.path("number").asText(),
        row.path("line").asLong() == 0 ? "" : row.path("line").asText(),
        row.path("name").asText(),
        row.path("state").asText(),
        why.toString(),
        row.path("operation").asText());
  }

  /** As it comes: it may be larger than what is held. */
  private void file(String name) {
    ApiRequest request =
        ApiRequest.get("batches/" + batch.id() + "/rows", Map.of("state", state, "format", name))
            .header("Accept", "*/*");
    Terminal terminal = session.terminal();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(session.api().open(request), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        terminal.line(terminal.screen().output() ? SafeText.line(line) : line);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "The connection to the server broke off before the last row.");
    }
  }
}
