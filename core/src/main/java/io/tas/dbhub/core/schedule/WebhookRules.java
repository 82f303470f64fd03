package io.tas.dbhub.core.schedule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where messages may be sent: with TLS, and to the hosts only that the operator names, so that
 * nobody has our network asked for them.
 */
public final class WebhookRules {
  private static final int LONGEST = 2_000;
  private static final int HTTPS = 443;

  private WebhookRules() {}

  /**
   * What is wrong with an address; empty where nothing is.
   *
   * @param allowed hosts, each as {@code host} for the usual port or {@code host:port}, in lower
   *     case
   */
  public static Optional<String> violation(String url, Set<String> allowed) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("is an address such as https://hooks.example.com/dbhub");
    }
    if (url.length() > LONGEST
        || !"https".equalsIgnoreCase(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null) {
      return Optional.of(
          "is an address such as https://hooks.example.com/dbhub, without a login in it");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    boolean known =
        allowed.contains(host + ":" + port) || (port == HTTPS && allowed.contains(host));
    return known
        ? Optional.empty()
        : Optional.of(
            "leads to a host that is not allowed: who runs the control plane lists it in"
                + " schedules.webhooks.allowedHosts, in api.yml and worker.yml");
  }
}
