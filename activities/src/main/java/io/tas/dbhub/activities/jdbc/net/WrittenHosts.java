package io.tas.dbhub.activities.jdbc.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges a host by how it is written, without looking it up: for those who hand a host to somebody
 * else who will. Whatever a resolver might read as a number is refused unless it is a plain IPv4
 * address: {@code 0x7f.1} and {@code 2130706433} are the local machine to some.
 *
 * @param refused endpoints that are never connected to, such as the control plane's own engines
 */
public record WrittenHosts(AddressPolicy policy, List<Endpoint> refused) {
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)");
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  public WrittenHosts {
    refused = List.copyOf(refused);
  }

  /** Whether a connection to it must not be tried. A name may still lead anywhere. */
  public boolean forbids(String host, int port) {
    String plain = plain(host);
    Optional<InetAddress> address = literal(plain);
    if (address.isEmpty()) {
      return number(plain) || refusedEndpoint(plain, address, port);
    }
    return !policy.allows(address.get()) || refusedEndpoint(plain, address, port);
  }

  private boolean refusedEndpoint(String host, Optional<InetAddress> address, int port) {
    for (Endpoint endpoint : refused) {
      if (endpoint.port() == port && same(plain(endpoint.host()), host, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(String refusedHost, String host, Optional<InetAddress> address) {
    Optional<InetAddress> refusedAddress = literal(refusedHost);
    boolean bothLocal = local(refusedAddress) && local(address);
    boolean equal = refusedAddress.isPresent() && refusedAddress.equals(address);
    return bothLocal || equal || refusedHost.equals(host);
  }

  private static boolean local(Optional<InetAddress> address) {
    return address.filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static boolean number(String host) {
    return host.contains(":") || NUMBER.matcher(host).matches();
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** The address that is written; RFC 6761 makes localhost one. */
  private static Optional<InetAddress> literal(String host) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    if (!IPV4.matcher(host).matches() && !host.contains(":")) {
      return Optional.empty();
    }
    try {
      // Asks nobody: what holds a colon is an address or nothing.
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
