package io.tas.dbhub.cli.schedules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pauses a schedule or lets it go on, and shows it as it is then. */
abstract class ScheduleAction implements Callable<Integer> {
  private final Session session;
  private final String action;

  @Mixin private ScheduleArgument schedule = new ScheduleArgument();

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for people.")
  private String note = "";

  @Mixin private OutputOption output = new OutputOption();

  ScheduleAction(Session session, String action) {
    this.session = session;
    this.action = action;
  }

  @Override
  public final Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!note.isEmpty()) {
      body.put("note", note);
    }
    ApiRequest request = ApiRequest.post(schedule.path(session) + "/" + action, body).repeatable();
    ScheduleText.print(session.terminal(), session.api().call(request), output.format());
    return 0;
  }
}
