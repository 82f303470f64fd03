package io.tas.dbhub.cli.schedules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.DatabaseNames;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.QueryParameters;
import io.tas.dbhub.cli.session.SelectorOptions;
import io.tas.dbhub.cli.session.Session;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = "Has databases tested, synced or asked by itself, with your rights as they are.")
final class CreateSchedule implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "Of its own in the space.")
  private String name = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      description = "sync, test or query.")
  private String kind = "";

  @Option(
      names = "--database",
      paramLabel = "DATABASE",
      description = "One by its name or id; may be repeated.")
  private List<String> databases = List.of();

  @Mixin private SelectorOptions selector = new SelectorOptions();

  @Option(
      names = "--cron",
      paramLabel = "CRON",
      description = "Minute, hour, day of month, month, day of week: \"30 2 * * mon-fri\".")
  private @Nullable String cron;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "Such as 90s, 15m, 6h or 1d; at least a minute.")
  private @Nullable String every;

  @Option(names = "--timezone", paramLabel = "ZONE", description = "Of --cron (default: UTC).")
  private @Nullable String zone;

  @Option(names = "--query-file", paramLabel = "FILE", description = "What the kind query asks.")
  private @Nullable Path query;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "VALUE",
      description = "For the query's next placeholder, as in databases query.")
  private List<String> parameters = List.of();

  @Option(names = "--pause-on-failure", description = "Pause it when a run fails.")
  private boolean pauseOnFailure;

  @Option(names = "--paused", description = "Let nothing run by itself yet.")
  private boolean paused;

  @Mixin private OutputOption output = new OutputOption();

  CreateSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name).put("kind", kind);
    target(body.putObject("target"));
    if (cron != null) {
      body.put("cron", cron);
    }
    if (every != null) {
      body.put("interval_seconds", seconds(every));
    }
    if (zone != null) {
      body.put("time_zone", zone);
    }
    if (query != null) {
      ObjectNode asked = body.putObject("query").put("sql", session.inputs().ofFile(query));
      ArrayNode bound = asked.putArray("parameters");
      parameters.forEach(value -> bound.add(QueryParameters.value(value)));
    }
    body.put("pause_on_failure", pauseOnFailure).put("paused", paused);
    ApiRequest request =
        ApiRequest.post("schedules", body)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .repeatable();
    ScheduleText.print(session.terminal(), session.api().call(request), output.format());
    return 0;
  }

  private void target(ObjectNode target) {
    int ways =
        (selector.all() ? 1 : 0) + (databases.isEmpty() ? 0 : 1) + (selector.selects() ? 1 : 0);
    if (ways != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "Say which databases: --database, or --label and --type, or --all.");
    }
    if (selector.all()) {
      target.put("all", true);
    }
    selector.putInto(target);
    if (!databases.isEmpty()) {
      ArrayNode ids = target.putArray("database_ids");
      DatabaseNames names = new DatabaseNames(session);
      databases.forEach(database -> ids.add(names.id(database)));
    }
  }

  private static long seconds(String time) {
    String written = time.toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(written.endsWith("D") ? "P" + written : "PT" + written).toSeconds();
    } catch (DateTimeException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--every is a time such as 90s, 15m, 6h or 1d, not " + time + ".");
    }
  }
}
