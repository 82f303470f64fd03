package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Asks one target, and reads the lines of the answer. */
final class Asking implements AutoCloseable {
  static final Asker ALICE = new Asker(new Scope("acme", "team"), "alice");
  private static final ResourceRef RESOURCE = new ResourceRef("n", "db");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final TargetProber prober;
  private final QueryRunner runner;

  Asking(Target target, Credentials credentials, ProbeSettings settings) {
    this.prober = new TargetProber(settings);
    this.runner =
        new QueryRunner(
            resource -> new Connection.Found(target, credentials, 1, null),
            prober.connector(),
            new QueryRunnerSettings(16, 16, 8, Duration.ofMinutes(1)));
  }

  QueryRunner runner() {
    return runner;
  }

  static QueryOrder order(boolean readOnly, String... statements) {
    return order(readOnly, Arrays.stream(statements).map(StatementOrder::of).toList());
  }

  static QueryOrder order(boolean readOnly, List<StatementOrder> statements) {
    return order(readOnly, 1_000, 1 << 20, 20_000, statements);
  }

  static QueryOrder order(
      boolean readOnly,
      int maxRows,
      long maxBytes,
      long timeoutMillis,
      List<StatementOrder> statements) {
    return new QueryOrder(
        UUID.randomUUID().toString(),
        "alias of " + statements.size(),
        ALICE,
        RESOURCE,
        null,
        readOnly,
        maxRows,
        maxBytes,
        timeoutMillis,
        0,
        statements);
  }

  /** One whose rows are taken as they come. */
  static QueryOrder export(
      boolean readOnly, int maxRows, long timeoutMillis, long transferMillis, String sql) {
    return new QueryOrder(
        UUID.randomUUID().toString(),
        null,
        ALICE,
        RESOURCE,
        null,
        readOnly,
        maxRows,
        1L << 30,
        timeoutMillis,
        transferMillis,
        List.of(StatementOrder.of(sql)));
  }

  /** One with a question mark for each value, read from JSON. */
  static StatementOrder bound(String sql, String... values) {
    try {
      List<JsonNode> nodes = new ArrayList<>();
      for (String value : values) {
        JsonNode node = JSON.readTree(value);
        nodes.add(node == null ? NullNode.getInstance() : node);
      }
      return new StatementOrder(Arrays.asList(sql.split("\\?", -1)), nodes);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Answer ask(QueryOrder order) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonLines lines = new JsonLines(out)) {
      runner.run(order, lines);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Answer(out.toString(StandardCharsets.UTF_8));
  }

  Answer read(String... statements) {
    return ask(order(true, statements));
  }

  Answer write(String... statements) {
    return ask(order(false, statements));
  }

  @Override
  public void close() {
    runner.close();
    prober.close();
  }

  /** As the lines are. */
  record Answer(String text) {
    List<JsonNode> lines() {
      try {
        List<JsonNode> all = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
          if (!line.isEmpty()) {
            all.add(JSON.readTree(line));
          }
        }
        return all;
      } catch (IOException e) {
        throw new IllegalStateException(text, e);
      }
    }

    /** Without columns and end. */
    List<JsonNode> rows() {
      return lines().stream().filter(JsonNode::isArray).toList();
    }

    String firstRow() {
      return rows().isEmpty() ? text : rows().get(0).toString();
    }

    /** As name:type, of the first result. */
    List<String> columns() {
      List<String> all = new ArrayList<>();
      for (JsonNode column : lines().get(0).path("columns")) {
        all.add(column.path(0).asText() + ":" + column.path(1).asText());
      }
      return all;
    }

    JsonNode last() {
      return lines().get(lines().size() - 1);
    }

    JsonNode error() {
      return last().path("error");
    }

    String kind() {
      return error().path("kind").asText(text);
    }

    String truncated() {
      return last().path("end").path("truncated").asText();
    }
  }
}
