package io.tas.dbhub.activities.jdbc.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:42::42",
        "192.0.0.192",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "2852039166",
        "169.16689662"
      })
  void someAddressesAreNeverAllowed(String address) throws Exception {
    assertThat(new AddressPolicy(true).allows(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "::ffff:127.0.0.1",
        "2130706433",
        "127.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::"
      })
  void loopbackIsAllowedOnlyWhenItIsConfigured(String address) throws Exception {
    assertThat(new AddressPolicy(false).allows(InetAddress.getByName(address))).isFalse();
    assertThat(new AddressPolicy(true).allows(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.2.3", "192.168.1.1", "172.16.0.1", "203.0.113.5", "fd12::1", "2001:db8::1"})
  void databasesLiveInPrivateNetworksToo(String address) throws Exception {
    assertThat(new AddressPolicy(false).allows(InetAddress.getByName(address))).isTrue();
  }
}
