package io.tas.dbhub.worker.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tas.dbhub.activities.jdbc.query.JsonLines;
import io.tas.dbhub.activities.jdbc.query.QueryRunner;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries for the API, which judged them: {@code POST /queries} with a {@link QueryOrder} is
 * answered with {@link JsonLines}; {@code POST /queries/<id>/cancel} with an {@link Asker} ends
 * one. Nobody without the token of the shared key set is heard.
 */
public final class QueryServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** More than the largest query with its parameters. */
  private static final int MOST_BYTES = 8 << 20;

  private static final String CANCEL = "/cancel";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final transient QueryRunner runner;
  private final transient Heartbeats heartbeats;
  private final byte[] authorization;

  public QueryServlet(QueryRunner runner, Heartbeats heartbeats, String token) {
    this.runner = runner;
    this.heartbeats = heartbeats;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!authorized(request)) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    if (path.isEmpty() || path.equals("/")) {
      QueryOrder order = read(request, response, QueryOrder.class);
      if (order != null) {
        run(order, response);
      }
    } else if (path.endsWith(CANCEL) && path.length() > CANCEL.length() + 1) {
      String id = path.substring(1, path.length() - CANCEL.length());
      Asker asker = read(request, response, Asker.class);
      if (asker != null) {
        boolean found = runner.cancel(id, asker);
        response.setStatus(
            found ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_NOT_FOUND);
      }
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private boolean authorized(HttpServletRequest request) {
    String sent = request.getHeader("Authorization");
    return sent != null
        && MessageDigest.isEqual(authorization, sent.getBytes(StandardCharsets.UTF_8));
  }

  /** Null for what is none; that is answered then. */
  private static <T> @Nullable T read(
      HttpServletRequest request, HttpServletResponse response, Class<T> type) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      return null;
    }
    try {
      @Nullable T read = JSON.readValue(bytes, type);
      if (read != null) {
        return read;
      }
    } catch (JsonProcessingException e) {
      // What it says may be somebody's values.
    }
    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    return null;
  }

  private void run(QueryOrder order, HttpServletResponse response) throws IOException {
    response.setContentType("application/x-ndjson");
    try (JsonLines lines = new JsonLines(response.getOutputStream());
        Heartbeats.Beat beat = heartbeats.beat(lines, () -> runner.abandon(order.queryId()))) {
      runner.run(order, lines);
    }
  }
}
