package io.tas.dbhub.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the database that an id or a name means. */
public final class DatabaseNames {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 255;

  private final Session session;

  public DatabaseNames(Session session) {
    this.session = session;
  }

  /**
   * The id; of one that is given as an id nobody asks whether it exists.
   *
   * @throws CommandFailure NOT_FOUND when nothing has the name, CONFLICT when several have
   */
  public String id(String idOrName) {
    return ID.matcher(idOrName).matches()
        ? idOrName.toLowerCase(Locale.ROOT)
        : find(idOrName).path("id").asText();
  }

  /**
   * The database as the API shows it.
   *
   * @throws CommandFailure as {@link #id}
   */
  public JsonNode find(String idOrName) {
    return ID.matcher(idOrName).matches()
        ? session.api().read(ApiRequest.get("databases/" + id(idOrName)))
        : named(idOrName);
  }

  private JsonNode named(String name) {
    List<JsonNode> found = new ArrayList<>();
    if (!name.isBlank() && name.length() <= LONGEST) {
      new Listing("databases", "databases", Map.of(), one -> "")
          .each(
              session,
              Map.of("q", name),
              0,
              one -> {
                if (one.path("name").asText().equals(name)) {
                  found.add(one);
                }
              });
    }
    if (found.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "There is no database \"" + name + "\" that you may see in this space.",
          "List: dbhubctl databases list");
    }
    if (found.size() > 1) {
      List<String> ids = new ArrayList<>();
      found.forEach(one -> ids.add("Id: " + one.path("id").asText()));
      throw new CommandFailure(
          ExitCode.CONFLICT, "Several databases are named \"" + name + "\": say the id.", ids);
    }
    return found.get(0);
  }
}
