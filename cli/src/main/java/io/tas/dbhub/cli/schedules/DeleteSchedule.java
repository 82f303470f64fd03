package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.http.Problems;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "delete",
    aliases = "rm",
    description = "Deletes a schedule; a run that is going goes on to its end.")
final class DeleteSchedule implements Callable<Integer> {
  private final Session session;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();

  DeleteSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Answer answer = session.api().send(ApiRequest.delete(schedule.path(session)));
    // Where an answer was lost, what it asked for may have happened.
    boolean gone = answer.status() == 404 && answer.repeated();
    if (!answer.succeeded() && !gone) {
      throw Problems.failure(answer);
    }
    session.terminal().note("The schedule is gone.");
    return 0;
  }
}
