package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "Lets runs take place again; those that were due meanwhile are not made up for.")
final class ResumeSchedule extends ScheduleAction {
  ResumeSchedule(Session session) {
    super(session, "resume");
  }
}
