package io.tas.dbhub.activities.jdbc.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns a host into addresses that may be connected to. A name is looked up once, and every address
 * it has must be allowed: a name that also leads to a forbidden address is refused as a whole.
 * Thread-safe.
 */
public final class TargetAddresses {
  /** What came of looking a host up. */
  public sealed interface Resolution {
    /**
     * @param all at least one, in the resolver's order
     */
    record Allowed(List<InetAddress> all) implements Resolution {}

    /** The host, or one of its addresses, must not be connected to. */
    record Refused() implements Resolution {}

    /** The host is not written as a host is. */
    record Malformed() implements Resolution {}

    record Unknown() implements Resolution {}

    /** The name servers did not answer in time. */
    record TooSlow() implements Resolution {}

    /** It was not looked up: other lookups are waited for. */
    record Busy() implements Resolution {}
  }

  private final AddressPolicy policy;
  private final List<Endpoint> refused;
  private final ExecutorService lookups;

  /**
   * @param refused endpoints that are never connected to, such as the control plane's own engines
   * @param lookups runs the lookups, which cannot be interrupted: bounded, and not the probes' own
   */
  public TargetAddresses(AddressPolicy policy, List<Endpoint> refused, ExecutorService lookups) {
    this.policy = policy;
    this.refused = List.copyOf(refused);
    this.lookups = lookups;
  }

  public Resolution resolve(String host, int port, Duration patience) throws InterruptedException {
    if (!HostSyntax.valid(host)) {
      return new Resolution.Malformed();
    }
    AtomicBoolean begun = new AtomicBoolean();
    Future<Resolution> lookup;
    try {
      lookup =
          lookups.submit(
              () -> {
                begun.set(true);
                return lookUp(host, port);
              });
    } catch (RejectedExecutionException e) {
      // Every lookup thread waits for a name server that does not answer.
      return new Resolution.Busy();
    }
    try {
      return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      lookup.cancel(true);
      return begun.get() ? new Resolution.TooSlow() : new Resolution.Busy();
    } catch (ExecutionException e) {
      return new Resolution.Unknown();
    }
  }

  private Resolution lookUp(String host, int port) throws SocketException {
    List<InetAddress> addresses;
    try {
      addresses = Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return new Resolution.Unknown();
    }
    for (InetAddress address : addresses) {
      if (!policy.allows(address) || refusedEndpoint(host, address, port)) {
        return new Resolution.Refused();
      }
    }
    return new Resolution.Allowed(List.copyOf(addresses));
  }

  private boolean refusedEndpoint(String host, InetAddress address, int port)
      throws SocketException {
    for (Endpoint endpoint : refused) {
      if (endpoint.port() == port
          && (endpoint.host().equalsIgnoreCase(host) || leadsTo(endpoint.host(), address))) {
        return true;
      }
    }
    return false;
  }

  private static boolean leadsTo(String refusedHost, InetAddress address) throws SocketException {
    InetAddress[] refusedAddresses;
    try {
      refusedAddresses = InetAddress.getAllByName(refusedHost);
    } catch (UnknownHostException e) {
      // An engine whose name leads nowhere now cannot be what the address leads to.
      return false;
    }
    for (InetAddress refusedAddress : refusedAddresses) {
      boolean both = thisMachine(refusedAddress) && thisMachine(address);
      if (both || refusedAddress.equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** An engine on this machine is usually bound to all of its addresses: they are one. */
  private static boolean thisMachine(InetAddress address) throws SocketException {
    return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
  }
}
