package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.gate.ReadOnlyGate;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.ErrorText;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryServiceTest {
  private static final Scope SCOPE = new Scope("acme", "sales");
  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private final ScriptedDbhub dbhub = new ScriptedDbhub();
  private final ReadOnlyGate gate = new ReadOnlyGate();
  private Caller caller = somebody("me", SCOPE, Role.EDITOR);
  private boolean readOnly = true;
  private boolean active = true;
  private boolean served = true;
  private boolean changing;
  private DatabaseType type = DatabaseType.POSTGRES;
  private Runnable duringFind = () -> {};
  private @Nullable ProblemException beyond;
  private String token = ScriptedDbhub.TOKEN;
  private final QueryService service =
      new QueryService(
          new Inventory(),
          (id, moment) -> changing,
          instance -> token,
          dbhub,
          gate,
          new QueryLimits(1, Duration.ofMinutes(5)));

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void rowsAndColumnsComeInTheOrderDbhubGaveThem() {
    dbhub.answersStatements(
        "[{\"rows\":[{\"z\":1,\"a\":null},{\"z\":2.5,\"a\":{\"k\":[true]}}],"
            + "\"count\":2,\"truncated\":true}]");
    QueryAnswer answer = ask("SELECT z, a FROM t");
    assertThat(answer.columns()).containsExactly("z", "a");
    assertThat(answer.rows().get(0)).containsEntry("z", 1).containsEntry("a", null);
    assertThat(answer.rows().get(1)).containsEntry("a", Map.of("k", List.of(true)));
    assertThat(answer.rowCount()).isEqualTo(2);
    assertThat(answer.truncated()).isTrue();
    assertThat(answer.durationMs()).isNotNegative();
  }

  @Test
  void ofSeveralStatementsTheLastAnswers() {
    dbhub.answersStatements(
        "[{\"rows\":[{\"a\":1}],\"count\":1},{\"rows\":[{\"b\":2}],\"count\":1}]");
    assertThat(ask("SELECT 1 AS a; SELECT 2 AS b").columns()).containsExactly("b");
  }

  @Test
  void noRowsAndNoStatementsAreEmptyAnswers() {
    dbhub.answersStatements("[{\"rows\":[],\"count\":0}]");
    assertThat(ask("SELECT 1 WHERE false").columns()).isEmpty();
    dbhub.answersStatements("[]");
    assertThat(ask("SELECT 1").rows()).isEmpty();
  }

  @Test
  void parametersReachTheDatabaseAsLiterals() {
    dbhub.answersStatements("[]");
    ask("SELECT * FROM t WHERE a = ?", JsonNodeFactory.instance.textNode("x'; DROP TABLE t"));
    assertThat(dbhub.calls)
        .extracting(ScriptedDbhub.Call::sourceId, ScriptedDbhub.Call::sql)
        .containsExactly(tuple("db_1", "SELECT * FROM t WHERE a =  'x''; DROP TABLE t' "));
  }

  @Test
  void aWriteToAReadOnlyConnectionNeverReachesDbhub() {
    ProblemException problem = problem("DELETE FROM t");
    assertThat(problem.type()).isEqualTo(FailureType.NOT_READ_ONLY);
    assertThat(problem.suggestion()).contains("read-only");
    assertThat(dbhub.calls).isEmpty();
  }

  @Test
  void aWritableConnectionTakesWrites() {
    readOnly = false;
    dbhub.answersStatements("[{\"rows\":[],\"count\":3}]");
    assertThat(ask("DELETE FROM t").rowCount()).isEqualTo(3);
  }

  @Test
  void anotherScopesDatabaseDoesNotExist() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                service.execute(
                    somebody("me", new Scope("other", "sales"), Role.EDITOR),
                    new QueryCommand(ID, "SELECT 1", List.of())));
    assertThat(problem.type()).isEqualTo(FailureType.NOT_FOUND);
  }

  @Test
  void whoMayOnlyReadReadsFromAConnectionThatIsNotReadOnly() {
    readOnly = false;
    caller = somebody("another", SCOPE, Role.ANALYST);
    dbhub.answersStatements("[{\"rows\":[],\"count\":3}]");

    assertThat(ask("SELECT 1").rowCount()).isEqualTo(3);
    assertThat(problem("DELETE FROM t").type()).isEqualTo(FailureType.NOT_READ_ONLY);
  }

  @Test
  void whoMayOnlyLookAsksNothing() {
    caller = somebody("another", SCOPE, Role.VIEWER);

    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.FORBIDDEN);
  }

  @Test
  void whatIsInTheWayIsNamed() {
    active = false;
    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.INACTIVE);
    active = true;
    served = false;
    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    assertThat(problem("SELECT 1").retryAfter()).isNotNull();
  }

  @Test
  void aWritableSqliteConnectionStaysInItsFile() {
    readOnly = false;
    type = DatabaseType.SQLITE;
    ProblemException problem = problem("ATTACH '/other.db' AS o");
    assertThat(problem.type()).isEqualTo(FailureType.SQL_REFUSED);
    assertThat(problem.detail()).contains("attach");
    assertThat(dbhub.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "READONLY_VIOLATION | Read-only mode is enabled.            | NOT_READ_ONLY",
        "EXECUTION_ERROR    | no such table: nope                   | SQL_REFUSED",
        "EXECUTION_ERROR    | Query read timeout                    | TIMEOUT",
        "EXECUTION_ERROR    | canceling statement due to statement timeout | TIMEOUT",
        "EXECUTION_ERROR    | Query inactivity timeout              | TIMEOUT",
        "EXECUTION_ERROR    | (conn:23, no: 1969, SQLState: 70100) Query execution was interrupted (max_statement_time exceeded) | TIMEOUT",
        "EXECUTION_ERROR    | (conn:-1, no: 45028, SQLState: HY000) pool failed to retrieve a connection from pool | TARGET_FAILED",
        "EXECUTION_ERROR    | column \"connection lost\" does not exist | SQL_REFUSED",
        "EXECUTION_ERROR    | Connection terminated unexpectedly    | TARGET_FAILED",
        "SOURCE_UNREACHABLE | Source 'x' is unreachable.            | TARGET_FAILED",
        "AUTH_FAILED        | Authentication failed for source 'x'. | TARGET_FAILED",
        "''                 | Input validation error                | TARGET_FAILED"
      })
  void anErrorOfTheToolBecomesItsOwnFailure(String code, String message, FailureType type) {
    dbhub.answersError(code, message);
    assertThat(problem("SELECT 1").type()).isEqualTo(type);
  }

  @Test
  void whatFailsWhileTheConnectionIsBeingChangedMayBeTriedAgain() {
    dbhub.answersError("AUTH_FAILED", "Authentication failed for source 'x'.");
    changing = true;
    ProblemException problem = problem("SELECT 1");
    assertThat(problem.type()).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    assertThat(problem.retryAfter()).isNotNull();
    dbhub.answersError("EXECUTION_ERROR", "no such table: nope");
    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.SQL_REFUSED);
  }

  @Test
  void aRefusalKeepsTheReasonAndLosesTheSecrets() {
    dbhub.answersError(
        "EXECUTION_ERROR",
        "bad thing at postgres://app:apppw@db:5432/x and password=apppw, near \"SELEC\"");
    assertThat(problem("SELECT 1").detail())
        .contains("bad thing", "near \"SELEC\"")
        .doesNotContain("apppw", "postgres://");
  }

  @Test
  void theStatementThatADriverRepeatsIsLeftOut() {
    dbhub.answersError(
        "EXECUTION_ERROR",
        "(conn:24, no: 1064, SQLState: 42000) You have an error in your SQL syntax\n"
            + "sql: selec 'private' - parameters:[]");
    assertThat(problem("SELECT 1").detail())
        .isEqualTo("The database refused the statement: You have an error in your SQL syntax");
  }

  @Test
  void theErrorIsShortAndOnOneLine() {
    assertThat(ErrorText.scrub("a\nb\u0007c " + "x".repeat(5_000)))
        .startsWith("a b c x")
        .hasSize(501);
    assertThat(ErrorText.scrub("IDENTIFIED BY 'a''b' Pwd = \"x y\";")).doesNotContain("a'", "x y");
  }

  @Test
  void aServerThatDoesNotLetUsInIsUnavailable() {
    token = "wrong";
    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    token = ScriptedDbhub.TOKEN;
    dbhub.answers(new DbhubAnswer.Rejected(403));
    assertThat(problem("SELECT 1").detail()).contains("address");
    dbhub.answers(new DbhubAnswer.Unreachable());
    assertThat(problem("SELECT 1").type()).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
  }

  @Test
  void whatComesBeyondTheLimitIsTurnedAwayAndTheNextIsNot() {
    dbhub.answersStatements("[]");
    // The outer query is still being prepared when the inner one comes.
    duringFind = () -> beyond = problem("SELECT 2");
    ask("SELECT 1");
    assertThat(beyond)
        .isNotNull()
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(FailureType.TOO_MANY_REQUESTS);
              assertThat(problem.retryAfter()).isPositive();
            });
    assertThat(dbhub.calls).extracting(ScriptedDbhub.Call::sql).containsExactly("SELECT 1");
    duringFind = () -> {};
    ask("SELECT 3");
  }

  @Test
  void aQueryEndsWithinTheApisOwnLimitWhateverTheConnectionAllows() {
    QueryLimits hurry = new QueryLimits(1, Duration.ofMillis(300));
    QueryService hurried =
        new QueryService(
            new Inventory(), (id, moment) -> changing, instance -> token, dbhub, gate, hurry);
    dbhub.answers(new DbhubAnswer.TimedOut());
    assertThat(
            catchThrowableOfType(
                ProblemException.class,
                () -> hurried.execute(caller, new QueryCommand(ID, "SELECT 1", List.of()))))
        .extracting(ProblemException::type)
        .isEqualTo(FailureType.TIMEOUT);
    assertThat(dbhub.calls)
        .extracting(ScriptedDbhub.Call::timeout)
        .containsExactly(Duration.ofMillis(300));
  }

  @Test
  void aQueryTooLargeForDbhubIsTheQuerysFault() {
    assertThat(problem("SELECT '" + "ü".repeat(60_000) + "'").violations())
        .extracting(Violation::field)
        .containsExactly("query");
  }

  private QueryAnswer ask(String sql, JsonNode... parameters) {
    return service.execute(caller, new QueryCommand(ID, sql, List.of(parameters)));
  }

  private ProblemException problem(String sql) {
    return catchThrowableOfType(ProblemException.class, () -> ask(sql));
  }

  private final class Inventory implements QueryTargets {
    @Override
    public Optional<Database> find(Scope scope, String id) {
      duringFind.run();
      return SCOPE.equals(scope) && ID.equals(id) ? Optional.of(database()) : Optional.empty();
    }

    @Override
    public Optional<ServingEndpoint> servingEndpoint(Scope scope, String id) {
      ResourceRef instance = new ResourceRef("dbhub", "main");
      return served
          ? Optional.of(new ServingEndpoint(instance, "http://dbhub", "db_1"))
          : Optional.empty();
    }
  }

  private static Caller somebody(String subject, Scope scope, Role role) {
    return new Caller(subject, scope, Optional.of(role), "127.0.0.1");
  }

  private Database database() {
    Target target = new Target(type, "h", 5432, "d", SslMode.DISABLE, 30, 15);
    DatabaseDefinition definition =
        new DatabaseDefinition(
            ID,
            SCOPE,
            "me",
            "n",
            target,
            new AccessPolicy(readOnly, 1000),
            Map.of(),
            "",
            "",
            active);
    ResourceRef ref = new ResourceRef("ns", "db-11111111");
    return new Database(
        definition, ref, ref, DatabaseStatus.CONNECTED, "", null, Instant.EPOCH, Instant.EPOCH, 1);
  }
}
