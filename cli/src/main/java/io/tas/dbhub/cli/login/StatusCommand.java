package io.tas.dbhub.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.config.Connection;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows which server is meant, who asks, and whether it answers. */
@Command(
    name = "status",
    aliases = "whoami",
    description = "Shows which server is meant, who asks, and whether it answers.")
public final class StatusCommand implements Callable<Integer> {
  private final Session session;

  public StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Connection connection = session.resolver().resolve();
    TokenClaims claims = TokenClaims.of(connection.token());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Server", connection.url().text());
    fields.put("From", connection.source());
    fields.put("User", claims.subject());
    fields.put("Tenant", claims.tenant());
    fields.put("Space", connection.space().orElse(String.join(", ", claims.spaces())));
    fields.put("Roles", String.join(", ", claims.roles()));
    fields.put("Token", claims.kind());
    fields.put("Expires", claims.expires().map(Object::toString).orElse(""));
    Tables.printFields(session.terminal(), fields);
    JsonNode page =
        session.api(connection).read(ApiRequest.get("databases", Map.of("page_size", "1")));
    Tables.printFields(
        session.terminal(),
        Map.of("Answers", "yes; " + page.path("total").asText("?") + " databases to see"));
    return 0;
  }
}
