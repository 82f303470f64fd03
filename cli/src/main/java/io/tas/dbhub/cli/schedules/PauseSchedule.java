package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "pause", description = "Lets no further run take place by itself.")
final class PauseSchedule extends ScheduleAction {
  PauseSchedule(Session session) {
    super(session, "pause");
  }
}
