package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom schedules may tell what their queries came to. */
public final class WebhooksFactory {
  @NotNull private List<String> allowedHosts = List.of();

  Set<String> allowed() {
    return allowedHosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Each as {@code host}, or {@code host:port} where it is not 443; nobody where there is none. */
  @JsonProperty
  public void setAllowedHosts(List<String> allowedHosts) {
    this.allowedHosts = allowedHosts;
  }
}
