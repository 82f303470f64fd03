package io.tas.dbhub.activities.jdbc.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Which addresses a probe may connect to. A target is written by a user; without this it would be a
 * way to reach what only the worker can reach: the cloud's metadata service, or the worker's own
 * machine. Private networks are allowed: databases live there.
 *
 * @param allowLoopback whether the worker's own machine may be probed, as in development
 */
public record AddressPolicy(boolean allowLoopback) {
  /** Metadata services that are not on link-local addresses. */
  private static final Set<String> METADATA =
      Set.of(
          // Amazon: instances, and the credentials of pods.
          "fd00:ec2:0:0:0:0:0:254",
          "fd00:ec2:0:0:0:0:0:23",
          // Google.
          "fd20:ce:0:0:0:0:0:254",
          // Azure's agent.
          "168.63.129.16",
          // Alibaba.
          "100.100.100.200",
          // Oracle.
          "192.0.0.192",
          // Scaleway.
          "fd00:42:0:0:0:0:0:42");

  /** Whether the address is one that may be connected to. */
  public boolean allows(InetAddress address) {
    InetAddress plain = embedded(address);
    if (METADATA.contains(address.getHostAddress()) || METADATA.contains(plain.getHostAddress())) {
      return false;
    }
    if (forbidden(address) || forbidden(plain)) {
      return false;
    }
    return allowLoopback || !(address.isLoopbackAddress() || plain.isLoopbackAddress());
  }

  private static boolean forbidden(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || thisNetworkOrBroadcast(address);
  }

  /** 0.0.0.0/8 leads to the machine itself on Linux; 240.0.0.0/4 holds the broadcast address. */
  private static boolean thisNetworkOrBroadcast(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      return false;
    }
    int first = address.getAddress()[0] & 0xff;
    return first == 0 || first >= 240;
  }

  /**
   * The IPv4 address that an IPv6 address stands for (v4-compatible, v4-mapped, NAT64, 6to4), else
   * the address itself.
   */
  private static InetAddress embedded(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    boolean zeros = allZero(bytes, 0, 10);
    boolean mapped = zeros && bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    boolean compatible = allZero(bytes, 0, 12) && !allZero(bytes, 12, 15);
    boolean nat64 =
        bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
    if (mapped || compatible || nat64) {
      return ipv4(bytes, 12);
    }
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    return sixToFour ? ipv4(bytes, 2) : address;
  }

  private static boolean allZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
