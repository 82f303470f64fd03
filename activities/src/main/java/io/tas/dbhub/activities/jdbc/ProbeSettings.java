package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.net.AddressPolicy;
import io.tas.dbhub.activities.jdbc.net.Endpoint;
import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How probes may behave, whatever a target asks for.
 *
 * @param deadline the longest a probe takes, from looking the host up to the last answer
 * @param connectTimeout the longest it waits for a TCP connection
 * @param lookupTimeout the longest it waits for the host's addresses, but half of its time at most
 * @param maxConcurrent probes at a time; should not be less than the worker's slots for probes
 * @param allowLoopback whether targets on the worker's own machine may be probed
 * @param refusedEndpoints never connected to: the control plane's own engines
 * @param sqliteDirectory where SQLite files may be; none: SQLite targets are refused
 * @param caFile PEM file of authorities trusted besides the JVM's
 */
public record ProbeSettings(
    Duration deadline,
    Duration connectTimeout,
    Duration lookupTimeout,
    int maxConcurrent,
    boolean allowLoopback,
    List<Endpoint> refusedEndpoints,
    Optional<Path> sqliteDirectory,
    Optional<Path> caFile) {
  public ProbeSettings {
    refusedEndpoints = List.copyOf(refusedEndpoints);
    if (deadline.isZero() || deadline.isNegative() || maxConcurrent < 1) {
      throw new IllegalArgumentException("a probe needs time and a thread");
    }
  }

  /** What of these rules can be told from a host as it is written. */
  public WrittenHosts writtenHosts() {
    return new WrittenHosts(new AddressPolicy(allowLoopback), refusedEndpoints);
  }

  public static ProbeSettings defaults() {
    return new ProbeSettings(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        32,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
