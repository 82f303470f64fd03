package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.history.QueryHistory;
import io.tas.dbhub.api.limits.ConcurrencyLimits;
import io.tas.dbhub.api.limits.RateLimits;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A query service with one database, of which each test says what is particular. */
final class AskedService {
  static final Scope SCOPE = new Scope("acme", "sales");
  static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final ObjectMapper JSON = new ObjectMapper();

  DatabaseType type = DatabaseType.POSTGRES;
  AccessPolicy policy = new AccessPolicy(false, 1_000);
  AccessPolicy served = new AccessPolicy(false, 1_000);
  Origin origin = Origin.REST;
  boolean active = true;
  boolean isServed = true;
  boolean changing;
  Grants grants = new Grants(List.of(new Grant("user:ada", AccessLevel.WRITE)), 1);
  String resource = "db-11111111";
  Caller caller = new Caller("ada", SCOPE, Optional.of(Role.ANALYST), "127.0.0.1");
  QueryChannel channel = QueryChannel.REST;
  QueryCall.Limits limits = QueryCall.Limits.none();

  final ConcurrencyLimits concurrency = new ConcurrencyLimits(10, 10, 10);
  private final QueryHistory history = new QueryHistory(batch -> {}, new MetricRegistry());
  private final QueryService service;

  AskedService(String... workers) {
    this(Duration.ofSeconds(60), workers);
  }

  AskedService(Duration silence, String... workers) {
    this.service =
        new QueryService(
            this::target,
            (id, moment) -> changing,
            new QueryWorkers(new WorkerAddresses(List.of(workers)), FakeWorker.TOKEN, silence),
            new QueryJudge(new ReadOnlyGate()),
            new QueryLimits(Duration.ofMinutes(5), Duration.ofMinutes(10), 8_000, 4_000, 1_000_000),
            new QueryAccounts(
                new RateLimits(1_000, Optional.empty(), new MetricRegistry()),
                concurrency,
                history,
                Clock.systemUTC()));
  }

  JsonNode ask(String sql, JsonNode... parameters) throws IOException {
    String id = UUID.randomUUID().toString();
    AnswerBuffer answer = new AnswerBuffer(id);
    execute(id, answer, sql, parameters);
    return JSON.readTree(answer.json());
  }

  void execute(String id, AnswerSink sink, String sql, JsonNode... parameters) throws IOException {
    service.execute(
        new QueryCall(id, "mine", caller, channel, ID, sql, List.of(parameters), limits), sink);
  }

  ProblemException problem(String sql, JsonNode... parameters) {
    return catchThrowableOfType(ProblemException.class, () -> ask(sql, parameters));
  }

  boolean cancel(String name) {
    return service.cancel(caller, name);
  }

  Optional<QueryTarget> target(Scope scope, String id) {
    ResourceRef instance = new ResourceRef("dbhub", "main");
    return SCOPE.equals(scope) && ID.equals(id)
        ? Optional.of(
            new QueryTarget(
                database(),
                isServed
                    ? Optional.of(new ServingEndpoint(instance, "http://dbhub", "db_1", served))
                    : Optional.empty()))
        : Optional.empty();
  }

  Database database() {
    Target target = new Target(type, "h", 5432, "d", SslMode.DISABLE, 30, 15);
    ResourceRef ref = new ResourceRef("ns", resource);
    return new Database(
        new DatabaseDefinition(
            ID, SCOPE, "owner", "shop", target, policy, Map.of(), "", "", active),
        ref,
        ref,
        DatabaseStatus.CONNECTED,
        "",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        1,
        origin,
        grants);
  }
}
