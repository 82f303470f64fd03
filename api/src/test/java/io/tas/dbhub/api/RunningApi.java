package io.tas.dbhub.api;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.api.query.AnswerSink;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.journal.Journal;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole API over HTTP with Temporal's in-memory server, the real workflows and a real Neo4j:
 * started once for all tests, which keep apart by using a tenant each.
 */
public final class RunningApi implements ParameterResolver {
  /** Short, so that a test of what takes long does not. */
  public static final String ANSWER_WITHIN = "8s";

  /** What runs, for tests to reach into. */
  public static final class World implements AutoCloseable, QueryExecutor {
    public final TestInventory inventory;
    public final TestTemporal temporal;
    public final TestWorld activities;
    public final TestBatchWork batchWork;
    public final TestIssuer issuer;
    public final Journal journal;
    public final KeyRing keys;
    public final ApiServer api;
    public final List<QueryCall> queries = new CopyOnWriteArrayList<>();
    public final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final WorkerFactory workers;

    private World() throws Exception {
      Path folder = Files.createTempDirectory("api");
      KeyRing.generate(folder.resolve("keys"));
      issuer = new TestIssuer(folder.resolve("jwks.json"));
      journal = Journal.open("jdbc:sqlite:" + folder.resolve("journal.db"), "", "");
      journal.migrate();
      inventory = new TestInventory();
      temporal = new TestTemporal();
      keys = KeyRing.load(folder.resolve("keys"));
      activities = new TestWorld(inventory.databases, inventory.catalogue, keys);
      workers = WorkerFactory.newInstance(temporal.client);
      batchWork = new TestBatchWork(journal.batches());
      activities.register(workers, batchWork);
      workers.start();
      api = new ApiServer(folder, temporal.target, inventory.uri.toString(), ANSWER_WITHIN, this);
    }

    /** Somebody of a tenant that no other test has. */
    public Tenant tenant() {
      return new Tenant("t-" + UUID.randomUUID());
    }

    @Override
    public void execute(QueryCall call, AnswerSink sink) throws IOException {
      Database database =
          inventory
              .databases
              .find(call.caller().scope(), call.databaseId())
              .orElseThrow(Permissions::unknown);
      Permissions.require(call.caller(), database, AccessLevel.QUERY);
      queries.add(call);
      if (call.sql().contains("nmae")) {
        throw new ProblemException(FailureType.SQL_REFUSED, "column \"nmae\" does not exist")
            .withQuery(new QueryFault("syntax", "42703", 0, 8, 1, 8))
            .withSuggestion("Did you mean \"name\"?");
      }
      if (call.sql().contains("too many")) {
        throw new ProblemException(FailureType.TOO_MANY_REQUESTS, "100 queries an hour.")
            .withRetryAfter(Duration.ofSeconds(36));
      }
      sink.begins(database, new RateLimit(100, 99, Duration.ofHours(1)));
      sink.columns(List.of(new ResultColumn("zebra", "int4"), new ResultColumn("Ant", "text")));
      try (JsonParser row = new JsonFactory().createParser("[1,null]")) {
        row.nextToken();
        sink.row(row);
      }
      sink.end(new ResultEnd(1, null));
    }

    @Override
    public boolean cancel(Caller caller, String queryId) {
      cancelled.add(queryId);
      return false;
    }

    @Override
    public void close() throws Exception {
      api.close();
      activities.release();
      workers.shutdownNow();
      temporal.close();
      inventory.close();
      journal.close();
    }

    /** A tenant with one space. */
    public final class Tenant {
      public final String id;

      private Tenant(String id) {
        this.id = id;
      }

      public String token(String... roles) {
        return issuer.token(id, List.of("main"), roles);
      }

      public ApiServer.Call call(String method, String path) {
        return api.call(method, "/api/v1" + path).token(token("operator"));
      }

      public ApiServer.Reply get(String path) {
        return call("GET", path).send();
      }

      /** Waits until no operation of the database runs. */
      public void settled(String databaseId) {
        await()
            .until(
                () ->
                    temporal
                            .client
                            .newUntypedWorkflowStub(WorkflowIds.database(databaseId))
                            .describe()
                            .getStatus()
                        != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
      }

      public ApiServer.Reply create(String name) {
        return call("POST", "/databases").json(body(name)).send();
      }
    }
  }

  public static String body(String name) {
    return """
        {"name": "%s", "type": "postgres", "host": "db.test", "database": "orders",
         "username": "reader", "password": "correct horse"}"""
        .formatted(name);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningApi.class))
        .getOrComputeIfAbsent(
            World.class,
            key -> {
              try {
                return new World();
              } catch (Exception e) {
                throw new IllegalStateException("the API does not start", e);
              }
            },
            World.class);
  }
}
