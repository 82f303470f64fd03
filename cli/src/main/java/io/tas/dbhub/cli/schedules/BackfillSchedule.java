package io.tas.dbhub.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backfill",
    description = "Makes up for the runs of a time, one after the other, at most 100.")
final class BackfillSchedule implements Callable<Integer> {
  private final Session session;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Such as 2026-01-31T08:00:00Z.")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", required = true, description = "Likewise.")
  private String to = "";

  BackfillSchedule(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ObjectNode time = JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
    JsonNode order =
        session.api().read(ApiRequest.post(schedule.path(session) + "/backfill", time));
    session.terminal().note(order.path("runs").asText() + " runs are begun, one after the other.");
    return 0;
  }
}
