package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    description = "Lists a schedule's runs and what they came to, latest first.")
final class RunsOfSchedule implements Callable<Integer> {
  private final Session session;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most as many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  RunsOfSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    new Listing(
            schedule.path(session) + "/runs",
            "runs",
            ScheduleText.runColumns(),
            run -> run.path("id").asText())
        .show(session, Map.of(), limit, output.format());
    return 0;
  }
}
