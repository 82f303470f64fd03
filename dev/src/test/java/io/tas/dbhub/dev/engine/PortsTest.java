package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class PortsTest {
  private final Ports ports = new Ports();

  @Test
  void aTakenPortIsNamedWithItsPurpose() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> ports.chosen("the API", port))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("Port " + port + " for the API is taken");
      assertThat(ports.preferred(port)).isNotEqualTo(port);
    }
  }

  @Test
  void noPortIsGivenTwice() {
    int port = ports.free();
    assertThatThrownBy(() -> ports.chosen("the API", port)).hasMessageContaining("something else");
    assertThat(ports.preferred(port)).isNotEqualTo(port);
  }

  @Test
  void noPortIsOneThatAnOutgoingConnectionMayGet() {
    Ports below = new Ports(new Ports.Outgoing(32_768, 60_999));
    Ports above = new Ports(new Ports.Outgoing(1_024, 60_000));
    for (int i = 0; i < 50; i++) {
      assertThat(below.free()).isBetween(10_000, 32_767);
      assertThat(above.free()).isGreaterThan(60_000);
    }
  }

  @Test
  void theRangeOfThisMachineIsWhatItsKernelSays() throws IOException {
    Path kernel = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    assumeTrue(Files.exists(kernel));
    try (Scanner range = new Scanner(kernel, StandardCharsets.UTF_8)) {
      int lowest = range.nextInt();
      int highest = range.nextInt();
      assumeTrue(Math.max(lowest - 10_000, 65_535 - highest) >= 1_000);
      for (int i = 0; i < 50; i++) {
        assertThat(ports.free()).matches(port -> port < lowest || port > highest);
      }
    }
  }

  @Test
  void aMachineWhoseConnectionsMayGetAnyPortGivesAnyFreeOne() {
    assertThat(new Ports(new Ports.Outgoing(1_024, 65_535)).free()).isBetween(10_000, 65_535);
  }
}
