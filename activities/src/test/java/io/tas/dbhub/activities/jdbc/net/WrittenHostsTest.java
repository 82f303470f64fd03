package io.tas.dbhub.activities.jdbc.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenHostsTest {
  private static final List<Endpoint> ENGINES =
      List.of(new Endpoint("127.0.0.1", 7687), new Endpoint("graph.example", 7687));
  private static final WrittenHosts STRICT = new WrittenHosts(new AddressPolicy(false), ENGINES);
  private static final WrittenHosts LOCAL = new WrittenHosts(new AddressPolicy(true), ENGINES);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.169.254.",
        "100.100.100.200",
        "127.0.0.1",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0X7F000001",
        "2130706433",
        "0.0.0.0",
        "::1",
        "::ffff:169.254.169.254",
        "LOCALHOST",
        "x.localhost."
      })
  void aForbiddenAddressIsForbiddenHoweverItIsWritten(String host) {
    assertThat(STRICT.forbids(host, 5432)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.2.3", "192.168.0.1", "fd00::1", "db.example", "db1", "1.db", "0x.de"})
  void whatMayHoldDatabasesIsAllowed(String host) {
    assertThat(STRICT.forbids(host, 5432)).isFalse();
  }

  @Test
  void anOwnEngineIsForbiddenAtItsPortOnly() {
    assertThat(STRICT.forbids("Graph.example.", 7687)).isTrue();
    assertThat(STRICT.forbids("graph.example", 5432)).isFalse();
    assertThat(LOCAL.forbids("localhost", 7687)).isTrue();
    assertThat(LOCAL.forbids("127.0.0.2", 7687)).isTrue();
    assertThat(LOCAL.forbids("localhost", 5432)).isFalse();
  }
}
