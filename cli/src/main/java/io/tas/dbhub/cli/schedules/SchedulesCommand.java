package io.tas.dbhub.cli.schedules;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What is done by itself, at its times. */
@Command(name = "schedules", description = "Tests, syncs and queries that run by themselves.")
public final class SchedulesCommand {
  private SchedulesCommand() {}

  /** With its subcommands. */
  public static CommandLine with(Session session) {
    return new CommandLine(new SchedulesCommand())
        .addSubcommand(new ListSchedules(session))
        .addSubcommand(new GetSchedule(session))
        .addSubcommand(new CreateSchedule(session))
        .addSubcommand(new RunsOfSchedule(session))
        .addSubcommand(new PauseSchedule(session))
        .addSubcommand(new ResumeSchedule(session))
        .addSubcommand(new TriggerSchedule(session))
        .addSubcommand(new BackfillSchedule(session))
        .addSubcommand(new DeleteSchedule(session));
  }
}
