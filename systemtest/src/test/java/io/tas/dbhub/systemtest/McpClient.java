package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The official MCP client, run by Node: connects, makes its calls, and ends. */
final class McpClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestSystem system;
  private final Path node;
  private final Path script;

  McpClient(TestSystem system, Programs programs) {
    this.system = system;
    this.node = programs.dbhub().orThrow().executable("node");
    this.script = script(programs.mcpClient().orThrow());
  }

  /** One request of the client's. */
  record Call(String method, Map<String, Object> params) {
    static Call tool(String name, Map<String, Object> arguments) {
      return new Call("tools/call", Map.of("name", name, "arguments", arguments));
    }
  }

  /** The script finds its packages beside itself. */
  private static Path script(Program.Installed packages) {
    Path folder = TestSystem.TARGET.resolve("mcp-client");
    try (InputStream in =
        Objects.requireNonNull(McpClient.class.getResourceAsStream("/mcp/client.mjs"))) {
      Files.createDirectories(folder);
      Path modules = folder.resolve("node_modules");
      Files.deleteIfExists(modules);
      Files.createSymbolicLink(modules, packages.home().resolve("node_modules"));
      Path script = folder.resolve("client.mjs");
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of connecting, and of each call. */
  List<JsonNode> run(String token, List<Call> calls) {
    try {
      Path errors = script.resolveSibling("client.log");
      Process process =
          new ProcessBuilder(node.toString(), script.toString())
              .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(
            JSON.writeValueAsBytes(
                Map.of("url", system.local().mcpUrl(), "token", token, "calls", calls)));
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean ended = process.waitFor(Tenant.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended && process.exitValue() == 0).as(Files.readString(errors)).isTrue();
      system.note("the MCP client\n" + said);
      List<JsonNode> answers = new ArrayList<>();
      JSON.readTree(said).forEach(answers::add);
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the client ran", e);
    }
  }

  /** What a tool answered, which was no error. */
  static JsonNode answer(JsonNode result) {
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
    return text(result);
  }

  /** What a tool said was wrong. */
  static JsonNode error(JsonNode result) {
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
    return text(result);
  }

  private static JsonNode text(JsonNode result) {
    String text = result.path("content").path(0).path("text").asText();
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
