package io.tas.dbhub.worker.config;

import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.net.Endpoint;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How targets may be probed; see {@link ProbeSettings}. */
public final class ProbesFactory {
  private static final ProbeSettings DEFAULTS = ProbeSettings.defaults();

  /** Below the time after which a probe counts as one of a dead worker. */
  @NotNull
  @MaxDuration(value = 75, unit = TimeUnit.SECONDS)
  public Duration deadline = of(DEFAULTS.deadline());

  @NotNull public Duration connectTimeout = of(DEFAULTS.connectTimeout());
  @NotNull public Duration lookupTimeout = of(DEFAULTS.lookupTimeout());
  public boolean allowLoopback = DEFAULTS.allowLoopback();

  /** Further {@code host:port} that must never be connected to, besides the own engines. */
  @NotNull public List<String> refusedEndpoints = List.of();

  /** Where SQLite files are; empty: SQLite connections are refused. */
  @NotNull public String sqliteDirectory = "";

  /** A PEM file of authorities trusted besides the JVM's; empty: none. */
  @NotNull public String caFile = "";

  /**
   * @param ownEngines what the control plane itself runs on
   */
  public ProbeSettings settings(int slots, List<Endpoint> ownEngines) {
    return new ProbeSettings(
        deadline.toJavaDuration(),
        connectTimeout.toJavaDuration(),
        lookupTimeout.toJavaDuration(),
        slots,
        allowLoopback,
        Stream.concat(refusedEndpoints.stream().map(Endpoint::parse), ownEngines.stream()).toList(),
        path(sqliteDirectory),
        path(caFile));
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  private static Duration of(java.time.Duration duration) {
    return Duration.milliseconds(duration.toMillis());
  }
}
