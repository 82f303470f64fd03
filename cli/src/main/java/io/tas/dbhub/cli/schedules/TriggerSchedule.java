package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "trigger", description = "Lets a run take place now, also of a paused schedule.")
final class TriggerSchedule implements Callable<Integer> {
  private final Session session;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();

  TriggerSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.api().call(ApiRequest.post(schedule.path(session) + "/trigger"));
    session.terminal().note("It is begun. What it comes to: dbhubctl schedules runs");
    return 0;
  }
}
