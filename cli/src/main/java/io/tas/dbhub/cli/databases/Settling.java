package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.http.Problems;
import io.tas.dbhub.cli.operations.OperationWatch;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.Session;
import java.util.Map;

/** What follows an answer to a change: it is done, or its operation still goes on. */
final class Settling {
  private final Session session;

  Settling(Session session) {
    this.session = session;
  }

  /**
   * Shows the changed database, or says that its operation goes on.
   *
   * @param wait until the operation has ended
   */
  void show(Answer answer, boolean wait, Format format) {
    if (wait && await(answer)) {
      String id = databaseId(answer);
      DatabaseView.print(
          session.terminal(), session.api().call(ApiRequest.get("databases/" + id)), format);
    } else if (answer.status() == 202) {
      tell(answer, format);
    } else {
      DatabaseView.print(session.terminal(), answer, format);
    }
  }

  /** Whether there was an operation to wait for. */
  boolean await(Answer answer) {
    String operation = operation(answer);
    if (operation.isEmpty()) {
      return false;
    }
    new OperationWatch(session).await(operation, Map.of());
    return true;
  }

  /** Says that the operation goes on. */
  void tell(Answer answer, Format format) {
    session
        .terminal()
        .note(
            "It is accepted and goes on. Follow it: dbhubctl operations watch "
                + operation(answer));
    if (format == Format.json) {
      JsonText.print(session.terminal(), answer);
    }
  }

  static String databaseId(Answer answer) {
    JsonNode body = answer.body();
    return body.path(body.has("database_id") ? "database_id" : "id").asText();
  }

  private static String operation(Answer answer) {
    return Problems.operationId(answer.header("operation-location").orElse(""));
  }
}
