package io.tas.dbhub.activities.jdbc.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.model.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PinTest {
  @Test
  void allItsSocketsTogetherReceiveNoMoreThanAProbeNeeds() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    TargetTrust trust =
        new TargetTrust(SslMode.DISABLE, TrustAnchors.load(Optional.empty()), () -> {});
    byte[] half = new byte[600_000];
    try (ServerSocket server = new ServerSocket(0, 10, here);
        Pin pin = new Pin("localhost", server.getLocalPort(), List.of(here), trust)) {
      Thread sending =
          new Thread(
              () -> {
                for (int i = 0; i < 2; i++) {
                  try (Socket client = server.accept()) {
                    client.getOutputStream().write(half);
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      sending.start();
      pin.connect(5_000);
      InputStream first = pin.socket().getInputStream();
      InputStream second = pin.socket().getInputStream();

      assertThat(first.readNBytes(half.length)).hasSize(half.length);
      assertThatThrownBy(() -> second.readNBytes(half.length)).isInstanceOf(FloodException.class);
      pin.close();
      sending.join();
    }
  }
}
