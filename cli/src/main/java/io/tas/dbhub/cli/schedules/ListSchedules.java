package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", aliases = "ls", description = "Lists the schedules of the space.")
final class ListSchedules implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  ListSchedules(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    new Listing(
            "schedules",
            "schedules",
            ScheduleText.columns(),
            schedule -> schedule.path("name").asText())
        .show(session, Map.of(), 0, output.format());
    return 0;
  }
}
