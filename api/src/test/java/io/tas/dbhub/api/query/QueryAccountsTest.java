package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.codahale.metrics.MetricRegistry;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.errors.QueryFault;
import io.tas.dbhub.api.history.QueryHistory;
import io.tas.dbhub.api.limits.ConcurrencyLimits;
import io.tas.dbhub.api.limits.RateLimits;
import io.tas.dbhub.core.audit.QueryChannel;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.audit.QueryRecord;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryAccountsTest {
  private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");

  private final List<QueryRecord> written = new ArrayList<>();
  private final QueryHistory history = new QueryHistory(written::addAll, new MetricRegistry());
  private final ConcurrencyLimits concurrency = new ConcurrencyLimits(10, 1, 10);
  private final QueryAccounts accounts = accounts(3);
  private final String id = UUID.randomUUID().toString();
  private AskedService inventory;
  private AnswerBuffer answer;

  @BeforeEach
  void begin() throws IOException {
    inventory = new AskedService();
    answer = new AnswerBuffer(id);
  }

  @AfterEach
  void nothingRunsAnyMore() {
    assertThat(concurrency.running()).isZero();
  }

  @Test
  void aQueryThatEndedIsWrittenDownOnce() throws Exception {
    take(
        sink -> {
          sink.columns(List.of());
          sink.end(new ResultEnd(3, null));
          sink.columns(List.of());
          sink.end(new ResultEnd(4, Truncated.ROWS));
          sink.columns(List.of());
          sink.end(new ResultEnd(5, null));
        });

    QueryRecord record = onlyRecord();
    assertThat(record.outcome()).isEqualTo(QueryOutcome.SUCCEEDED);
    assertThat(record.rows()).isEqualTo(12);
    assertThat(record.truncated()).isTrue();
    assertThat(record.error()).isEmpty();
    assertThat(record.durationMs()).isNotNegative();
    assertThat(record.asked().id()).isEqualTo(id);
    assertThat(record.asked().text()).isEqualTo("SELECT 1");
    assertThat(record.asked().actor()).isEqualTo("ada");
    assertThat(record.asked().source()).isEqualTo("10.0.0.1");
    assertThat(record.asked().scope()).isEqualTo(AskedService.SCOPE);
    assertThat(record.asked().databaseName()).isEqualTo("shop");
    assertThat(record.asked().channel()).isEqualTo(QueryChannel.MCP);
    assertThat(record.asked().startedAt()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "connection, CONNECTION",
    "unusable,   CONNECTION",
    "syntax,     SYNTAX",
    "permission, PERMISSION",
    "execution,  EXECUTION",
    "timeout,    TIMEOUT",
    "readonly,   READONLY",
    "cancelled,  CANCELLED",
    "busy,       LIMITED",
    "unknown,    UNKNOWN"
  })
  void whatWentWrongIsItsOutcome(String kind, QueryOutcome outcome) throws Exception {
    fails(new ProblemException(FailureType.INTERNAL, "why").withQuery(QueryFault.of(kind)));
    assertThat(onlyRecord().outcome()).isEqualTo(outcome);
    assertThat(onlyRecord().error()).isEqualTo("why");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID,           SYNTAX",
    "FORBIDDEN,         PERMISSION",
    "NOT_FOUND,         UNKNOWN",
    "SQL_REFUSED,       EXECUTION",
    "DBHUB_UNAVAILABLE, CONNECTION",
    "INTERNAL,          UNKNOWN"
  })
  void whatWasRefusedBeforeTheTargetHasAnOutcomeToo(FailureType type, QueryOutcome outcome)
      throws Exception {
    fails(new ProblemException(type, "why"));
    assertThat(onlyRecord().outcome()).isEqualTo(outcome);
  }

  @Test
  void rowsThatWereAnsweredBeforeTheEndCount() throws Exception {
    assertThatThrownBy(
            () ->
                take(
                    sink -> {
                      sink.columns(List.of());
                      sink.end(new ResultEnd(7, null));
                      throw new IOException("nobody reads");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(onlyRecord().outcome()).isEqualTo(QueryOutcome.CONNECTION);
    assertThat(onlyRecord().rows()).isEqualTo(7);
    assertThat(onlyRecord().error()).doesNotContain("nobody reads").isNotEmpty();
  }

  @Test
  void aBugIsWrittenDownAndGivesItsPlaceBack() throws Exception {
    assertThatThrownBy(
            () ->
                take(
                    sink -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(onlyRecord().outcome()).isEqualTo(QueryOutcome.UNKNOWN);
    assertThat(onlyRecord().error()).isEmpty();
  }

  @Test
  void aSinkThatFailsAtOnceGivesItsPlaceBack() throws Exception {
    AnswerSink failing =
        (AnswerSink)
            java.lang.reflect.Proxy.newProxyInstance(
                AnswerSink.class.getClassLoader(),
                new Class<?>[] {AnswerSink.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException(method.getName());
                });
    assertThatThrownBy(() -> accounts.take(call(), inventory.database(), failing, sink -> {}))
        .hasMessage("begins");
    assertThat(concurrency.running()).isZero();
  }

  @Test
  void whatIsLeftIsToldWithAnswersAndProblems() throws Exception {
    take(sink -> {});
    assertThat(answer.headers())
        .containsEntry("RateLimit-Limit", "3")
        .containsEntry("RateLimit-Remaining", "2");
    assertThat(fails(new ProblemException(FailureType.SQL_REFUSED, "why")).headers())
        .containsEntry("RateLimit-Remaining", "1")
        .containsKey("RateLimit-Reset");
    assertThat(
            fails(
                    new ProblemException(FailureType.SQL_REFUSED, "why")
                        .withHeaders(Map.of("Retry-After", "9")))
                .headers())
        .containsEntry("RateLimit-Remaining", "0")
        .containsEntry("Retry-After", "9");
  }

  @Test
  void oneThatMayNotBeginIsNotWrittenDown() throws Exception {
    for (int i = 0; i < 3; i++) {
      take(sink -> {});
    }
    ProblemException beyond = fails(new ProblemException(FailureType.INTERNAL, "did run"));
    assertThat(beyond.type()).isEqualTo(FailureType.TOO_MANY_REQUESTS);
    assertThat(beyond.headers()).containsEntry("RateLimit-Remaining", "0");
    assertThat(records()).hasSize(3);
  }

  @Test
  void oneTooManyAtOnceCostsNothing() throws Exception {
    take(
        outer -> {
          ProblemException second = fails(new ProblemException(FailureType.INTERNAL, "did run"));
          assertThat(second.type()).isEqualTo(FailureType.TOO_MANY_REQUESTS);
        });
    take(sink -> {});
    assertThat(answer.headers()).containsEntry("RateLimit-Remaining", "1");
    assertThat(records()).hasSize(2);
  }

  @Test
  void withoutALimitThereAreNoHeaders() throws Exception {
    accounts(0).take(call(), inventory.database(), answer, sink -> {});
    assertThat(answer.headers()).isEmpty();
  }

  private QueryAccounts accounts(int perHour) {
    return new QueryAccounts(
        new RateLimits(perHour, Optional.empty(), new MetricRegistry()),
        concurrency,
        history,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private QueryCall call() {
    return new QueryCall(
        id,
        null,
        new Caller("ada", AskedService.SCOPE, Optional.of(Role.ANALYST), "10.0.0.1"),
        QueryChannel.MCP,
        AskedService.ID,
        "SELECT 1",
        List.of(),
        QueryCall.Limits.none());
  }

  private void take(QueryAccounts.Query query) throws IOException {
    accounts.take(call(), inventory.database(), answer, query);
  }

  private ProblemException fails(ProblemException problem) {
    return catchThrowableOfType(
        ProblemException.class,
        () ->
            take(
                sink -> {
                  throw problem;
                }));
  }

  private QueryRecord onlyRecord() throws InterruptedException {
    assertThat(records()).hasSize(1);
    return records().get(0);
  }

  /** The history takes nothing more then. */
  private List<QueryRecord> records() throws InterruptedException {
    if (written.isEmpty()) {
      history.start();
      history.stop();
    }
    return written;
  }
}
