package io.tas.dbhub.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiLogTest {
  @TempDir private Path directory;

  @Test
  void onlyTheUsersOwnRequestsSinceTheGivenPlaceCount() throws IOException {
    Path file = directory.resolve("audit.log");
    ApiLog log = new ApiLog(file, "worker");
    assertThat(log.end()).isZero();
    Files.writeString(file, line("worker", "list", "secrets", ""));
    long begin = log.end();
    for (String more :
        new String[] {
          line("worker", "get", "databases", ""),
          line("worker", "get", "databases", ""),
          line("worker", "patch", "databases", "status"),
          line("worker", "update", "leases", ""),
          line("admin", "create", "databases", ""),
          "{\"half-written"
        }) {
      Files.writeString(file, more, StandardOpenOption.APPEND);
    }

    ApiLog.Requests requests = log.since(begin);

    assertThat(requests.byVerb())
        .isEqualTo(Map.of("get databases", 2, "patch databases/status", 1, "update leases", 1));
    assertThat(requests.total()).isEqualTo(4);
    assertThat(requests.writes()).as("without leases").isEqualTo(1);
    assertThat(requests.text()).startsWith("get databases 2, ");
  }

  private static String line(String user, String verb, String resource, String part) {
    String subresource = part.isEmpty() ? "" : ", \"subresource\": \"" + part + "\"";
    return """
        {"verb": "%s", "user": {"username": "%s"}, "objectRef": {"resource": "%s"%s}}
        """
        .formatted(verb, user, resource, subresource);
  }
}
