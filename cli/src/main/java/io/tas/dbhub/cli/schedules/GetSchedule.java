package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "get", description = "Shows a schedule.")
final class GetSchedule implements Callable<Integer> {
  private final Session session;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();
  @Mixin private OutputOption output = new OutputOption();

  GetSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ScheduleText.print(
        session.terminal(),
        session.api().call(ApiRequest.get(schedule.path(session))),
        output.format());
    return 0;
  }
}
