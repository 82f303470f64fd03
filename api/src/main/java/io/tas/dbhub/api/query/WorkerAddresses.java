package io.tas.dbhub.api.query;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where workers listen: all addresses that the configured names have now. In a cluster the name is
 * a headless Service's, which has one for each worker. Thread-safe.
 */
public final class WorkerAddresses {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final List<URI> configured;
  private volatile Known known = new Known(List.of(), 0);

  /**
   * @param at {@link System#nanoTime}
   */
  private record Known(List<URI> all, long at) {}

  /**
   * @param configured as {@code http://host:port}
   */
  public WorkerAddresses(List<String> configured) {
    this.configured = configured.stream().map(URI::create).toList();
  }

  /** None, where no name leads anywhere. */
  List<URI> all() {
    Known now = known;
    if (now.all().isEmpty() || System.nanoTime() - now.at() > FRESH.toNanos()) {
      now = new Known(resolved(), System.nanoTime());
      known = now;
    }
    return now.all();
  }

  /**
   * By rendezvous hashing: every API process has the same order for a key, and a worker that comes
   * or goes changes it for few keys.
   */
  List<URI> inOrderFor(String key) {
    List<URI> all = all();
    return all.size() < 2
        ? all
        : all.stream().sorted(Comparator.comparingLong(worker -> weight(worker, key))).toList();
  }

  private static long weight(URI worker, String key) {
    CRC32C sum = new CRC32C();
    sum.update((worker + " " + key).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return sum.getValue();
  }

  private List<URI> resolved() {
    List<URI> all = new ArrayList<>();
    for (URI name : configured) {
      try {
        for (InetAddress address : InetAddress.getAllByName(name.getHost())) {
          String literal = address.getHostAddress();
          String host = address instanceof Inet6Address ? "[" + literal + "]" : literal;
          all.add(URI.create(name.getScheme() + "://" + host + ":" + name.getPort()));
        }
      } catch (UnknownHostException e) {
        // Nobody is there yet.
      }
    }
    return all.stream().distinct().sorted().toList();
  }
}
