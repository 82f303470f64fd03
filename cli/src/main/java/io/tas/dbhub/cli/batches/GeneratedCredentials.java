package io.tas.dbhub.cli.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Reasons;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Asks a command of the user's for credentials. What it writes is kept from every message. */
final class GeneratedCredentials {
  private static final int LONGEST = 64 * 1024;
  private static final List<String> KNOWN = List.of("username", "password");

  private final String command;

  GeneratedCredentials(String command) {
    this.command = command;
  }

  /**
   * The row for a database.
   *
   * @throws CommandFailure FAILED when the command fails, or writes something else
   */
  ObjectNode of(JsonNode database) {
    String name = database.path("name").asText();
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("DBHUB_ID", database.path("id").asText());
    builder.environment().put("DBHUB_NAME", name);
    try {
      Process process = builder.start();
      String written;
      try (InputStream output = process.getInputStream()) {
        written = new String(output.readNBytes(LONGEST), UTF_8);
      }
      int exit = process.waitFor();
      if (exit != 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "The command ended with %d for %s; nothing was sent.".formatted(exit, name));
      }
      return row(database, written);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "The command cannot be run: " + Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  private static ObjectNode row(JsonNode database, String written) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("id", database.path("id").asText());
    written
        .lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              String key = equals < 0 ? "" : line.substring(0, equals).strip();
              if (KNOWN.contains(key) && !row.has(key)) {
                row.put(key, line.substring(equals + 1));
              } else if (!line.isBlank()) {
                throw new CommandFailure(
                    ExitCode.FAILED,
                    "For %s the command wrote a line that is neither username=… nor password=…;"
                            .formatted(database.path("name").asText())
                        + " nothing was sent.");
              }
            });
    return row;
  }
}
