package io.tas.dbhub.api.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.tas.dbhub.api.auth.BearerFilter;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Callers;
import io.tas.dbhub.api.body.JsonBody;
import io.tas.dbhub.api.errors.Problem;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.Problems;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * MCP over streamable HTTP, of which each request is answered by itself: nothing is remembered, so
 * any replica answers any. Who asks is known before anything of what they ask is read; from there
 * on the answers are JSON-RPC's. (The SDK's own servlet writes exceptions with their stack into
 * answers, and what it reads into the log.)
 */
public final class McpServlet extends HttpServlet {
  private static final String JSON = "application/json";
  private static final String VERSION = "MCP-Protocol-Version";

  /**
   * Tells the clients of one subject apart, for cancelling. It means nothing to us and opens
   * nothing.
   */
  private static final String SESSION = "Mcp-Session-Id";

  private final transient Callers callers;
  private final transient McpGateway gateway;
  private final transient ObjectMapper problems;
  private final transient List<String> versions = McpGateway.versions();

  /**
   * @param problems writes problem documents as REST does
   */
  public McpServlet(
      Callers callers, QueryExecutor executor, DatabaseInventory inventory, ObjectMapper problems) {
    this.callers = callers;
    this.gateway = new McpGateway(executor, inventory);
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      Caller caller = caller(request);
      if (!request.getMethod().equals("POST")) {
        // There is no stream to listen to, and no session to end.
        response.setHeader("Allow", "POST");
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      } else if (!type(request.getContentType()).equals(JSON)) {
        response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      } else if (!takesJson(request.getHeader("Accept"))) {
        response.sendError(HttpServletResponse.SC_NOT_ACCEPTABLE);
      } else {
        answer(caller, request, response);
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      refuse(Problems.of(e), request, response);
    }
  }

  private Caller caller(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !own(origin, request.getHeader("Host"))) {
      throw new ProblemException(
              FailureType.FORBIDDEN, "Pages of other sites may not ask for their readers.")
          .withSuggestion("Ask from a program: it sends no Origin.");
    }
    Caller caller =
        callers.find(
            request.getHeader("Authorization"),
            request.getHeader(BearerFilter.SPACE_HEADER),
            String.valueOf(request.getRemoteAddr()));
    if (caller.role().isEmpty()) {
      throw new ProblemException(FailureType.FORBIDDEN, "Your roles do not allow this.");
    }
    return caller;
  }

  private void answer(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Message> read;
    try {
      read = Message.read(JsonBody.read(request.getInputStream()));
    } catch (ProblemException e) {
      if (e.type() != FailureType.INVALID) {
        throw e;
      }
      error(response, McpSchema.ErrorCodes.INVALID_REQUEST, e.detail());
      return;
    }
    String session = session(request);
    if (read.isEmpty() || read.get().id() == null) {
      if (read.isPresent() && read.get().method().equals("notifications/cancelled")) {
        gateway.cancel(caller, read.get(), session);
      }
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      return;
    }
    Message message = read.get();
    String version = request.getHeader(VERSION);
    boolean first = message.method().equals(McpSchema.METHOD_INITIALIZE);
    if (!first && version != null && !versions.contains(version)) {
      error(
          response,
          McpSchema.ErrorCodes.INVALID_REQUEST,
          VERSION + " is one of " + String.join(", ", versions) + ".");
      return;
    }
    if (first) {
      response.setHeader(SESSION, UUID.randomUUID().toString());
    }
    write(response, HttpServletResponse.SC_OK, gateway.answer(caller, message, session));
  }

  private static void error(HttpServletResponse response, int code, String message)
      throws IOException {
    write(response, HttpServletResponse.SC_BAD_REQUEST, McpGateway.error(code, message));
  }

  private static void write(HttpServletResponse response, int status, Object message)
      throws IOException {
    byte[] bytes = McpGateway.bytes(message);
    response.setStatus(status);
    response.setContentType(JSON);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private void refuse(
      ProblemException problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(problem.type().httpStatus());
    Problems.headers(problem, request).forEach(response::setHeader);
    response.setContentType(Problem.MEDIA_TYPE);
    response
        .getOutputStream()
        .write(problems.writeValueAsBytes(Problems.document(problem, request)));
  }

  private static @Nullable String session(HttpServletRequest request) {
    String session = request.getHeader(SESSION);
    return session != null && Uuids.valid(session) ? session : null;
  }

  /** A browser says which page asks. Only one of our own host may. */
  private static boolean own(String origin, @Nullable String host) {
    try {
      return URI.create(origin).getRawAuthority() != null
          && URI.create(origin).getRawAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean takesJson(@Nullable String accept) {
    if (accept == null) {
      return true;
    }
    for (String each : accept.split(",", -1)) {
      if (List.of(JSON, "application/*", "*/*").contains(type(each))) {
        return true;
      }
    }
    return false;
  }

  private static String type(@Nullable String header) {
    String value = header == null ? "" : header;
    int end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
