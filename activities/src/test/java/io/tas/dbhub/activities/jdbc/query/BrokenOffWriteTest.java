package io.tas.dbhub.activities.jdbc.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.jdbc.FakeServer;
import io.tas.dbhub.activities.jdbc.Targets;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.sealing.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writes on a real server, over a way that breaks at the worst moment. */
final class BrokenOffWriteTest {
  private static final String LOST = "answer lost";
  private static final String RENEWED = "DISCARD ALL";

  private static EmbeddedPostgres server;
  private static FakeServer way;
  private static Asking asking;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE TABLE written (note text)");
    }
    way = new FakeServer((client, over) -> relay(client));
    asking =
        new Asking(
            Targets.at(DatabaseType.POSTGRES, "127.0.0.1", way.port(), "postgres", SslMode.DISABLE),
            new Credentials("postgres", "postgres"),
            Targets.local());
  }

  @AfterAll
  static void stop() throws Exception {
    asking.close();
    way.close();
    server.close();
  }

  /** Loses the answer to what says so, and breaks before a session is made ready again. */
  private static void relay(Socket client) throws IOException {
    AtomicBoolean losing = new AtomicBoolean();
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      Thread answers = new Thread(() -> answers(client, target, losing));
      answers.start();
      byte[] chunk = new byte[1 << 16];
      InputStream from = client.getInputStream();
      for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
        String text = new String(chunk, 0, length, ISO_8859_1);
        if (text.contains(RENEWED)) {
          return;
        }
        losing.compareAndSet(false, text.contains(LOST));
        target.getOutputStream().write(chunk, 0, length);
      }
    }
  }

  private static void answers(Socket client, Socket target, AtomicBoolean losing) {
    byte[] chunk = new byte[1 << 16];
    try (client) {
      InputStream from = target.getInputStream();
      for (int length = from.read(chunk); length >= 0 && !losing.get(); length = from.read(chunk)) {
        client.getOutputStream().write(chunk, 0, length);
      }
    } catch (IOException broken) {
      // Whoever asked learns of it.
    }
  }

  private static TakingSink write(String sql) throws IOException {
    TakingSink sink = new TakingSink(() -> {});
    asking.runner().run(Asking.order(false, sql), sink);
    return sink;
  }

  private static long written(String note) throws Exception {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement sql = admin.createStatement();
        ResultSet rows =
            sql.executeQuery("SELECT count(*) FROM written WHERE note = '" + note + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostMayHold() throws Exception {
    TakingSink sink = write("INSERT INTO written VALUES ('answer lost')");

    assertThat(sink.failure).startsWith("connection: ");
    assertThat(sink.unsure).isTrue();
    assertThat(written("answer lost")).isEqualTo(1);
  }

  @Test
  void aWriteThatTheServerRefusedDoesNotHold() throws Exception {
    TakingSink sink = write("INSERT INTO written SELECT 'refused' WHERE 1 / 0 = 1");

    assertThat(sink.failure).startsWith("execution: ");
    assertThat(sink.unsure).isFalse();
    assertThat(written("refused")).isZero();
  }

  @Test
  void aWriteThatWasAnsweredHoldsThoughItsSessionIsLostAfterwards() throws Exception {
    TakingSink sink = write("INSERT INTO written VALUES ('kept')");

    assertThat(sink.failure).isEmpty();
    assertThat(sink.end.rows()).isEqualTo(1);
    assertThat(written("kept")).isEqualTo(1);
  }
}
