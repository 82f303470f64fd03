package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.auth.TokenScope;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query becomes on its way to a worker, and what a worker's refusal is to its asker. */
class QueryServiceTest {
  private static final String ROW = "{\"columns\":[[\"a\",\"int\"]]}\n[1]\n{\"end\":{\"rows\":1}}";

  private FakeWorker worker;
  private AskedService service;

  @BeforeEach
  void start() throws IOException {
    worker = new FakeWorker();
    worker.answers(ROW);
    service = new AskedService(worker.url());
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void theWorkerIsToldWhoAsksWhatOfWhichDatabase() throws IOException {
    assertThat(service.ask("SELECT a FROM t").get("rows").toString()).isEqualTo("[{\"a\":1}]");

    QueryOrder order = order();
    assertThat(order.asker()).isEqualTo(new Asker(AskedService.SCOPE, "ada"));
    assertThat(order.alias()).isEqualTo("mine");
    assertThat(order.database()).isEqualTo(new ResourceRef("ns", "db-11111111"));
    assertThat(order.uid()).isNull();
    assertThat(order.statements().get(0).fragments()).containsExactly("SELECT a FROM t");
  }

  @Test
  void parametersGoBesideTheTextAsTheyAre() throws IOException {
    service.ask(
        "SELECT ?, ?, ?, ?",
        TextNode.valueOf("'; DROP TABLE t; --"),
        DecimalNode.valueOf(new BigDecimal("1.10")),
        BooleanNode.TRUE,
        NullNode.getInstance());

    assertThat(order().statements().get(0).fragments())
        .containsExactly("SELECT ", ", ", ", ", ", ", "");
    assertThat(order().statements().get(0).values())
        .extracting(Object::toString)
        .containsExactly("\"'; DROP TABLE t; --\"", "1.10", "true", "null");
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, WRITE, false",
    "true,  false, WRITE, true",
    "false, true,  WRITE, true",
    "false, false, QUERY, true",
    "true,  true,  QUERY, true"
  })
  void theStrictestOfConnectionInstanceAndCallerHolds(
      boolean own, boolean served, AccessLevel level, boolean readOnly) throws IOException {
    service.policy = new AccessPolicy(own, 1_000);
    service.served = new AccessPolicy(served, 1_000);
    service.grants = new Grants(List.of(new Grant("user:ada", level)), 1);
    service.ask("SELECT 1");
    assertThat(order().readOnly()).isEqualTo(readOnly);
  }

  @Test
  void anAgentsTokenForQueriesMakesItReadOnly() throws IOException {
    TokenScope token = new TokenScope("t", "t", Role.ANALYST, AccessLevel.QUERY, null);
    service.caller =
        new Caller(
            "ada", AskedService.SCOPE, Optional.of(Role.ANALYST), "127.0.0.1", Optional.of(token));
    service.ask("SELECT 1");
    assertThat(order().readOnly()).isTrue();
  }

  @Test
  void whoWantsToReadOnlyWritesNothingThoughTheyMight() throws IOException {
    service.limits = new QueryCall.Limits(null, null, true);
    service.ask("SELECT 1");
    assertThat(order().readOnly()).isTrue();
    assertThat(service.problem("DELETE FROM t").type()).isEqualTo(FailureType.NOT_READ_ONLY);
  }

  @Test
  void whoMayOnlyQueryCannotWriteAndNothingReachesTheWorker() {
    service.grants = new Grants(List.of(new Grant("user:ada", AccessLevel.QUERY)), 1);
    ProblemException problem = service.problem("DELETE FROM t");
    assertThat(problem.type()).isEqualTo(FailureType.NOT_READ_ONLY);
    assertThat(problem.query()).isEqualTo(QueryFault.of("readonly"));
    assertThat(problem.detail()).contains("read-only");
    assertThat(worker.orders()).isEmpty();
  }

  @Test
  void ofSeveralStatementsNoneRunsWhereOneWrites() {
    service.policy = new AccessPolicy(true, 1_000);
    assertThat(service.problem("SELECT 1; DELETE FROM t").type())
        .isEqualTo(FailureType.NOT_READ_ONLY);
    assertThat(worker.orders()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500, 700, , 500", "700, 500, , 500", "700, 700, 20, 20", "700, 600, 9000, 600"})
  void theSmallestNumberOfRowsHolds(int own, int served, Integer wanted, int most)
      throws IOException {
    service.policy = new AccessPolicy(false, own);
    service.served = new AccessPolicy(false, served);
    service.limits = new QueryCall.Limits(wanted, null);
    service.ask("SELECT 1");
    assertThat(order().maxRows()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({", 15000", "3, 3000", "600, 15000"})
  void theShortestTimeHolds(Integer wanted, long millis) throws IOException {
    service.limits = new QueryCall.Limits(null, wanted);
    service.ask("SELECT 1");
    assertThat(order().timeoutMillis()).isEqualTo(millis);
  }

  @Test
  void anExportMayHoldMoreThanAnAnswer() throws IOException {
    service.ask("SELECT 1");
    service.channel = QueryChannel.EXPORT;
    service.ask("SELECT 1");
    service.channel = QueryChannel.MCP;
    service.ask("SELECT 1");
    assertThat(worker.orders())
        .extracting(QueryOrder::maxBytes)
        .containsExactly(8_000L, 1_000_000L, 4_000L);
    assertThat(worker.orders())
        .as("and its rows may be taken for longer than the query takes")
        .extracting(QueryOrder::timeoutMillis, QueryOrder::transferMillis)
        .containsExactly(tuple(15_000L, 0L), tuple(15_000L, 600_000L), tuple(15_000L, 0L));
  }

  @Test
  void aDatabaseMadeByHandIsKnownByItsUid() throws IOException {
    service.origin = Origin.MANIFEST;
    service.ask("SELECT 1");
    assertThat(order().uid()).isEqualTo(AskedService.ID);
  }

  @ParameterizedTest
  @CsvSource({
    "connection, TARGET_FAILED, 502",
    "unusable,   TARGET_FAILED, 502",
    "unknown,    TARGET_FAILED, 502",
    "syntax,     SQL_REFUSED,   422",
    "permission, SQL_REFUSED,   422",
    "execution,  SQL_REFUSED,   422",
    "timeout,    TIMEOUT,       504",
    "readonly,   NOT_READ_ONLY, 403",
    "cancelled,  CANCELLED,     409",
    "busy,       BUSY,          503"
  })
  void everyKindOfErrorIsItsOwnProblem(String kind, FailureType type, int status) {
    worker.answers(error(kind, "\"code\":\"42X\",\"suggestion\":\"do that\",\"statement\":0"));
    ProblemException problem = service.problem("SELECT 1");
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.type().httpStatus()).isEqualTo(status);
    assertThat(problem.detail()).isEqualTo("It went wrong.");
    assertThat(problem.suggestion()).isEqualTo("do that");
    assertThat(problem.query()).isEqualTo(new QueryFault(kind, "42X", 0, null, null, null));
    assertThat(problem.retryAfter() != null).isEqualTo(kind.equals("busy"));
  }

  @Test
  void whereTheErrorIsIsToldInTheUsersText() {
    worker.answers(error("syntax", "\"code\":\"42703\",\"statement\":1,\"position\":12"));
    // To the target the second statement is: SELECT ?,\n nope
    ProblemException problem =
        service.problem("SELECT 1;\nSELECT $1,\n nope", TextNode.valueOf("v"));
    assertThat(problem.query()).isEqualTo(new QueryFault("syntax", "42703", 1, 23, 3, 2));
  }

  @Test
  void aParameterOfTheWrongTypeIsNamedByItsPlaceAmongAll() {
    worker.answers(error("parameter", "\"statement\":1,\"parameter\":0"));
    ProblemException problem =
        service.problem("SELECT ?; SELECT ?", TextNode.valueOf("a"), TextNode.valueOf("b"));
    assertThat(problem.type()).isEqualTo(FailureType.INVALID);
    assertThat(problem.violations())
        .containsExactly(new Violation("parameters[1]", "It went wrong."));
  }

  @Test
  void whatFailsWhileTheConnectionIsBeingChangedMayBeTriedAgain() {
    service.changing = true;
    worker.answers(error("connection", "\"code\":\"28P01\""));
    ProblemException problem = service.problem("SELECT 1");
    assertThat(problem.type().httpStatus()).isEqualTo(503);
    assertThat(problem.retryAfter()).isNotNull();
    worker.answers(error("execution", "\"code\":\"22012\""));
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.SQL_REFUSED);
  }

  @Test
  void whatIsInTheWayIsNamed() {
    service.active = false;
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.INACTIVE);
    service.active = true;
    service.isServed = false;
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    assertThat(service.problem("SELECT 1").retryAfter()).isNotNull();
    assertThat(worker.orders()).isEmpty();
  }

  @Test
  void whoDoesNotSeeADatabaseIsToldThereIsNone() {
    service.grants = Grants.none();
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.NOT_FOUND);
    service.grants = Grants.byDefault();
    service.caller =
        new Caller("ada", new Scope("other", "sales"), Optional.of(Role.OPERATOR), "127.0.0.1");
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.NOT_FOUND);
    assertThat(worker.orders()).isEmpty();
  }

  @Test
  void whoMayOnlyLookMayNotAsk() {
    service.grants = new Grants(List.of(new Grant("user:ada", AccessLevel.VIEW)), 1);
    assertThat(service.problem("SELECT 1").type()).isEqualTo(FailureType.FORBIDDEN);
    assertThat(worker.orders()).isEmpty();
  }

  @Test
  void aWritableSqliteConnectionStaysInItsFile() {
    service.type = DatabaseType.SQLITE;
    assertThat(service.problem("ATTACH '/other.db' AS o").type())
        .isEqualTo(FailureType.SQL_REFUSED);
    assertThat(worker.orders()).isEmpty();
  }

  @Test
  void valuesThatAreNoneAreRefusedBeforeAnythingRuns() {
    assertThat(service.problem("SELECT ?", TextNode.valueOf("a\0b")).violations())
        .extracting(Violation::field, Violation::message)
        .containsExactly(tuple("parameters[0]", "must not contain the character NUL"));
    assertThat(worker.orders()).isEmpty();
  }

  private QueryOrder order() {
    assertThat(worker.orders()).hasSize(1);
    return worker.orders().get(0);
  }

  private static String error(String kind, String further) {
    return "{\"error\":{\"kind\":\"%s\",\"message\":\"It went wrong.\",%s}}"
        .formatted(kind, further);
  }
}
