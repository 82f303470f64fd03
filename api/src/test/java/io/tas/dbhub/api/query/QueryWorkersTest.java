package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.query.FakeWorker.Ending;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are not there, or not to the end. The limit keeps a test from hanging. */
@Timeout(120)
class QueryWorkersTest {
  private static final String COLUMNS = "{\"columns\":[[\"a\",\"int\"]]}\n";
  private static final String ROW = COLUMNS + "[1]\n{\"end\":{\"rows\":1}}\n";

  private FakeWorker worker;

  @BeforeEach
  void start() throws IOException {
    worker = new FakeWorker();
    worker.answers(Ending.WHOLE, ROW);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void withoutAWorkerThereIsNoAnswer() throws IOException {
    try (Socket nobody = nobodyListens()) {
      AskedService service = new AskedService(url(nobody));
      unavailable(service, "SELECT 1");
    }
  }

  @Test
  void aNameThatLeadsNowhereIsNoWorker() {
    AskedService service = new AskedService("http://nobody.invalid:8083");
    unavailable(service, "SELECT 1");
  }

  @Test
  void whereOneIsNotThereAnotherTakesTheQueryOnce() throws IOException {
    try (Socket nobody = nobodyListens()) {
      AskedService service = new AskedService(url(nobody), worker.url());
      // About half of these are the first one's.
      for (int i = 1; i <= 30; i++) {
        service.resource = "db-" + i;
        assertThat(service.ask("SELECT 1").get("row_count").asInt()).isEqualTo(1);
        assertThat(worker.orders()).hasSize(i);
      }
    }
  }

  /** Of one database they ask one worker first, so both orders are tried. */
  @Test
  void whereOneDoesNotUnderstandAnotherTakesTheQueryOnce() throws IOException {
    try (FakeWorker other = new FakeWorker()) {
      for (FakeWorker older : List.of(worker, other)) {
        FakeWorker newer = older == worker ? other : worker;
        older.refuses(400);
        newer.refuses(200);
        newer.answers(Ending.WHOLE, ROW);
        newer.orders().clear();

        new AskedService(worker.url(), other.url()).ask("SELECT 1");

        assertThat(newer.orders()).hasSize(1);
      }
    }
  }

  @Test
  void aDatabasesQueriesGoToOneWorker() throws IOException {
    try (FakeWorker other = new FakeWorker()) {
      AskedService service = new AskedService(worker.url(), other.url());
      other.answers(Ending.WHOLE, ROW);
      for (int i = 0; i < 10; i++) {
        service.ask("SELECT 1");
      }
      assertThat(List.of(worker.orders().size(), other.orders().size()))
          .containsExactlyInAnyOrder(0, 10);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        COLUMNS,
        COLUMNS + "[1]\n",
        COLUMNS + "[1",
        COLUMNS + "[\"x",
        "{\"colum",
        "{\"error\":{\"kind\":\"syn",
        "{\"error\":{\"kind\":\"of another time\",\"message\":\"m\"}}\n",
        "{\"something\":1}\n",
        "<html>",
        ROW + COLUMNS,
        ROW
      })
  void aHalfAnswerIsNone(String text) {
    AskedService service = new AskedService(worker.url());
    for (Ending ending : List.of(Ending.WHOLE, Ending.BROKEN_OFF)) {
      worker.answers(ending, text);
      // Of two statements both must be answered.
      unavailable(service, "SELECT 1; SELECT 2");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"BROKEN_OFF", "NO_ANSWER"})
  void whereOneBreaksOffNoOtherRunsTheQueryAgain(Ending ending) throws IOException {
    worker.answers(ending, ROW);
    try (FakeWorker other = new FakeWorker()) {
      AskedService service = new AskedService(worker.url(), other.url());
      other.answers(ending, ROW);
      unavailable(service, "INSERT INTO t VALUES (1)");
      // That these tests' HTTP client may ask the same one twice is a setting of theirs.
      assertThat(worker.orders().isEmpty() ^ other.orders().isEmpty()).isTrue();
    }
  }

  @Test
  void aWorkerThatFallsSilentIsGone() {
    AskedService service = new AskedService(Duration.ofMillis(300), worker.url());
    worker.answers(Ending.SILENT, COLUMNS + "[1]\n");
    unavailable(service, "SELECT 1");
  }

  @Test
  void emptyLinesMeanNothing() throws IOException {
    worker.answers(Ending.WHOLE, "\n\n" + COLUMNS + "\n[1]\n\n{\"end\":{\"rows\":1}}\n\n");
    AskedService service = new AskedService(worker.url());
    assertThat(service.ask("SELECT 1").get("rows").toString()).isEqualTo("[{\"a\":1}]");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500})
  void aWorkerThatRefusesIsUnavailable(int status) {
    worker.refuses(status);
    AskedService service = new AskedService(worker.url());
    unavailable(service, "SELECT 1");
  }

  @Test
  void aSinkThatTakesNoMoreIsNotTheWorkersFault() {
    AskedService service = new AskedService(worker.url());
    assertThatThrownBy(() -> service.execute("id", new Full(), "SELECT 1"))
        .isInstanceOf(IOException.class)
        .hasMessage("the client has left");
    assertThat(service.concurrency.running()).isZero();
  }

  @Test
  void aCancellationReachesEveryWorkerAndCountsWhereOneFoundIt() throws IOException {
    try (Socket nobody = nobodyListens();
        FakeWorker other = new FakeWorker()) {
      AskedService service = new AskedService(url(nobody), worker.url(), other.url());
      assertThat(service.cancel("q-1")).isFalse();
      worker.answersCancellations(200);
      other.answersCancellations(500);
      assertThat(service.cancel("q-1")).isFalse();
      worker.answersCancellations(204);
      assertThat(service.cancel("q-1")).isTrue();
      worker.answersCancellations(404);
      other.answersCancellations(204);
      assertThat(service.cancel("q-1")).isTrue();

      assertThat(worker.cancellations()).hasSize(4);
      assertThat(other.cancellations()).hasSize(4);
      assertThat(other.cancellations())
          .containsOnly(
              "/queries/q-1/cancel {\"scope\":{\"tenantId\":\"acme\",\"spaceId\":\"sales\"},"
                  + "\"subject\":\"ada\"}");
    }
  }

  private static void unavailable(AskedService service, String sql) {
    service.policy = new AccessPolicy(false, 1_000);
    ProblemException problem = service.problem(sql);
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(FailureType.WORKER_UNAVAILABLE);
    assertThat(problem.type().httpStatus()).isEqualTo(503);
    assertThat(problem.retryAfter()).isNotNull();
    assertThat(problem.query()).isNotNull();
    assertThat(problem.query().kind()).isEqualTo("connection");
    assertThat(service.concurrency.running()).isZero();
  }

  /** A port of ours that refuses connections. */
  private static Socket nobodyListens() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  private static String url(Socket socket) {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private static final class Full implements AnswerSink {
    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(JsonParser values) throws IOException {
      throw new IOException("the client has left");
    }

    @Override
    public void end(ResultEnd end) {}
  }
}
