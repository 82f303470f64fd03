package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that hang, trickle, lie or break off, whatever engine they are taken for. */
final class HostileServerTest {
  private static final Credentials LOGIN = new Credentials("Us3r-N4me", "p4ss/w&rd=?;}{'");

  private static Diagnosis probe(Target target, Duration deadline) {
    try (TargetProber prober = new TargetProber(Targets.local(deadline))) {
      Diagnosis diagnosis = prober.probe(target, LOGIN);
      Secrecy.check(diagnosis, LOGIN);
      await().until(() -> prober.running() == 0);
      return diagnosis;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void aServerThatNeverAnswersEndsByTheDeadline(DatabaseType type) throws Exception {
    try (FakeServer silent = new FakeServer((client, over) -> over.await())) {
      for (SslMode mode : List.of(SslMode.DISABLE, SslMode.VERIFY_FULL)) {
        Diagnosis diagnosis = probe(Targets.at(type, silent.port(), mode), Duration.ofMillis(700));

        assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(Targets.steps(diagnosis))
            .containsExactly("resolve", "connect", mode.encrypted() ? "tls" : "authenticate");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void aServerThatTricklesBytesEndsByTheDeadline(DatabaseType type) throws Exception {
    byte[] start = start(type);
    FakeServer.Manner trickle =
        (client, over) -> {
          OutputStream out = client.getOutputStream();
          for (int i = 0; !over.await(50, TimeUnit.MILLISECONDS); i++) {
            out.write(i < start.length ? start[i] : 1);
          }
        };
    try (FakeServer trickling = new FakeServer(trickle)) {
      Diagnosis diagnosis =
          probe(Targets.at(type, trickling.port(), SslMode.DISABLE), Duration.ofSeconds(1));

      assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  /** The header of an answer that is long, so that the driver waits for the rest. */
  private static byte[] start(DatabaseType type) {
    return switch (type) {
      case POSTGRES -> new byte[] {'E', 0, 0, 0x40, 0};
      case SQLSERVER -> new byte[] {4, 1, 0x0f, 0, 0, 0, 1, 0};
      default -> new byte[] {0, 0x40, 0, 0, 10};
    };
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void aServerThatBreaksOffIsAFailedConnection(DatabaseType type) throws Exception {
    try (FakeServer closing = new FakeServer((client, over) -> client.setSoLinger(true, 0))) {
      for (SslMode mode : List.of(SslMode.DISABLE, SslMode.REQUIRE)) {
        Diagnosis diagnosis = probe(Targets.at(type, closing.port(), mode), Duration.ofSeconds(20));

        assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.CONNECTION);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void aServerOfAnotherProtocolIsAnAnswerToo(DatabaseType type) throws Exception {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(40).getBytes(StandardCharsets.UTF_8);
    FakeServer.Manner manner =
        (client, over) -> {
          client.getOutputStream().write(http);
          client.shutdownOutput();
          client.getInputStream().readAllBytes();
        };
    try (FakeServer web = new FakeServer(manner)) {
      for (SslMode mode : List.of(SslMode.DISABLE, SslMode.REQUIRE)) {
        Diagnosis diagnosis = probe(Targets.at(type, web.port(), mode), Duration.ofSeconds(5));

        assertThat(Targets.error(diagnosis).kind())
            .isIn(ErrorKind.CONNECTION, ErrorKind.TLS, ErrorKind.TIMEOUT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aServerWhoseAnswersNeverEndIsNotReadToTheEnd(DatabaseType type) throws Exception {
    try (FakeServer flooding = new FakeServer(FakeEngines.endlessRows())) {
      Target target = Targets.at(type, flooding.port(), SslMode.DISABLE);

      assertThat(Targets.error(probe(target, Duration.ofSeconds(60))))
          .isEqualTo(Problem.FLOODED.of(target));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void aPortNobodyListensOnIsAFailedConnection(DatabaseType type) throws Exception {
    Diagnosis diagnosis =
        probe(Targets.at(type, freePort(), SslMode.REQUIRE), Duration.ofSeconds(20));

    assertThat(Targets.steps(diagnosis)).containsExactly("resolve", "connect");
    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.CONNECTION);
  }

  @Test
  void hangingProbesLeaveNoThreadBehind() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try (FakeServer silent = new FakeServer((client, over) -> over.await())) {
      TargetProber prober = new TargetProber(Targets.local(Duration.ofSeconds(2)));
      List<Future<Diagnosis>> probes = new ArrayList<>();
      DatabaseType[] types = DatabaseType.values();
      for (int i = 0; i < 50; i++) {
        Target target = Targets.at(types[i % 4], silent.port(), SslMode.DISABLE);
        probes.add(callers.submit(() -> prober.probe(target, LOGIN)));
      }
      for (Future<Diagnosis> probe : probes) {
        assertThat(Targets.error(probe.get()).kind()).isEqualTo(ErrorKind.TIMEOUT);
      }
      await().until(() -> prober.running() == 0);
      prober.close();
      await().until(() -> probeThreads() == 0);
    } finally {
      callers.shutdownNow();
    }
  }

  private static long probeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dbhub-probe-"))
        .count();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Each would be options, another host or another file to a driver that parsed it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void hostileValuesNeverLeadElsewhere(DatabaseType type) throws Exception {
    try (FakeServer elsewhere = new FakeServer((client, over) -> {});
        FakeServer meant = new FakeServer((client, over) -> {})) {
      String there = "127.0.0.1:" + elsewhere.port();
      for (String host :
          List.of(
              there,
              "localhost," + there,
              there + "/shop?user=x",
              "localhost:" + elsewhere.port() + "/x?socketFactory=java.lang.String#",
              "(host=127.0.0.1,port=" + elsewhere.port() + ")",
              "address=(host=127.0.0.1)(port=" + elsewhere.port() + ")",
              "localhost\\instance",
              "localhost;serverName=127.0.0.1;portNumber=" + elsewhere.port(),
              "user:pass@" + there,
              "[::1%lo]",
              "")) {
        Target target = Targets.at(type, host, meant.port(), "shop", SslMode.DISABLE);
        assertThat(Targets.steps(probe(target, Duration.ofSeconds(5)))).containsExactly("resolve");
      }
      for (String value :
          List.of(
              "shop?socketFactory=java.lang.String&allowLoadLocalInfile=true",
              "shop;serverName=127.0.0.1;portNumber=" + elsewhere.port() + ";",
              "shop&loggerFile=/tmp/dbhub-probe-injected&loggerLevel=TRACE",
              "//" + there + "/shop",
              "shop)(host=127.0.0.1)(port=" + elsewhere.port() + ")",
              "{shop};pipe=\\\\.\\pipe\\x")) {
        Target target = Targets.at(type, "localhost", meant.port(), value, SslMode.DISABLE);
        try (TargetProber prober = new TargetProber(Targets.local())) {
          prober.probe(target, new Credentials(value, value));
        }
      }
      assertThat(elsewhere.accepted()).isZero();
      assertThat(meant.accepted()).isPositive();
    }
  }
}
