package io.tas.dbhub.worker.query;

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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Runs queries for the API, which judged them: {@code POST /queries} with a {@link QueryOrder} is
 * answered with {@link JsonLines}; {@code POST /queries/<id>/cancel} with an {@link Asker} ends
 * one. Nobody without the token of the shared key set is heard.
 */
public final class QueryServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** More than the largest query with its parameters. */
  private static final int MOST_BYTES = 8 << 20;

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
      run(read(request, QueryOrder.class), response);
    } else if (path.endsWith("/cancel")) {
      String id = path.substring(1, path.length() - "/cancel".length());
      boolean found = runner.cancel(id, read(request, Asker.class));
      response.setStatus(
          found ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_NOT_FOUND);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private boolean authorized(HttpServletRequest request) {
    String sent = request.getHeader("Authorization");
    return sent != null
        && MessageDigest.isEqual(authorization, sent.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
    try (InputStream body = request.getInputStream()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("a query larger than any can be");
      }
      return JSON.readValue(bytes, type);
    }
  }

  private void run(QueryOrder order, HttpServletResponse response) throws IOException {
    response.setContentType("application/x-ndjson");
    try (JsonLines lines = new JsonLines(response.getOutputStream());
        Heartbeats.Beat beat = heartbeats.beat(lines, () -> runner.abandon(order.queryId()))) {
      runner.run(order, lines);
    }
  }
}
