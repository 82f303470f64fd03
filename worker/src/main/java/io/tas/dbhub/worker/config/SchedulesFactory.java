package io.tas.dbhub.worker.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What schedules may do. */
public final class SchedulesFactory {
  @Valid @NotNull public Webhooks webhooks = new Webhooks();

  /** Whom they may tell what their queries came to. */
  public static final class Webhooks {
    /** Each as {@code host}, or {@code host:port} where it is not 443. As the API's. */
    @NotNull public List<String> allowedHosts = List.of();

    public Set<String> allowed() {
      return allowedHosts.stream()
          .map(host -> host.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
