package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.activities.jdbc.net.Pin;
import io.tas.dbhub.activities.jdbc.net.SqlServerTrust;
import io.tas.dbhub.activities.jdbc.net.TargetTrust;
import io.tas.dbhub.activities.jdbc.net.TrustAnchors;
import io.tas.dbhub.core.model.SslMode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judgement of certificates as SQL Server's driver calls it: on a socket of its own making. */
final class SqlServerTrustTest {
  @TempDir private Path directory;

  @Test
  void theCertificateMustNameTheHostInVerifyFullAlone() throws Exception {
    Certificates certificates = new Certificates(directory);
    certificates.issue("good", "dns:localhost", "-1d", 20);
    certificates.issue("other", "dns:other.example", "-1d", 20);
    Path authority = certificates.authority();

    handshake(certificates.server("good"), SslMode.VERIFY_FULL, authority);
    handshake(certificates.server("other"), SslMode.VERIFY_CA, authority);
    assertThatThrownBy(
            () -> handshake(certificates.server("other"), SslMode.VERIFY_FULL, authority))
        .isInstanceOf(SSLException.class);
  }

  private static void handshake(SSLContext server, SslMode mode, Path authority) throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    TargetTrust trust =
        new TargetTrust(mode, TrustAnchors.load(Optional.of(authority)), accepted::incrementAndGet);
    FakeServer.Manner manner =
        (client, over) -> {
          SSLSocket line =
              (SSLSocket) server.getSocketFactory().createSocket(client, "localhost", 0, true);
          line.setUseClientMode(false);
          line.startHandshake();
        };
    try (FakeServer fake = new FakeServer(manner);
        Pin pin =
            new Pin("localhost", fake.port(), List.of(InetAddress.getLoopbackAddress()), trust)) {
      pin.connect(5000);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new SqlServerTrust(pin.token())}, null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(pin.socket(), pin.host(), pin.port(), false);
      socket.startHandshake();
      assertThat(accepted).hasValue(1);
    }
  }
}
