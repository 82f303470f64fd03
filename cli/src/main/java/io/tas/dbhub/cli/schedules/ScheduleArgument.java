package io.tas.dbhub.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.session.Listing;
import io.tas.dbhub.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** Which schedule is meant. */
final class ScheduleArgument {
  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its name or its id.")
  private String text = "";

  /**
   * Its path below the API's.
   *
   * @throws CommandFailure NOT_FOUND when nothing has the name
   */
  String path(Session session) {
    if (text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      return "schedules/" + text;
    }
    List<JsonNode> found = new ArrayList<>();
    new Listing("schedules", "schedules", Map.of(), one -> "")
        .each(
            session,
            Map.of(),
            0,
            one -> {
              if (one.path("name").asText().equals(text)) {
                found.add(one);
              }
            });
    if (found.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "There is no schedule \"" + text + "\" in this space.",
          "List: dbhubctl schedules list");
    }
    return "schedules/" + found.get(0).path("id").asText();
  }
}
