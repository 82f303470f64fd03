package io.tas.dbhub.worker.config;

import io.tas.dbhub.activities.jdbc.net.Endpoint;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Where the control plane's own engines are: no target may lead there. */
public final class OwnEngines {
  private static final int BOLT = 7687;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private OwnEngines() {}

  /**
   * Of Neo4j, Temporal, Kubernetes, and the journal where it is kept on a server.
   *
   * @param kubernetes the URL of its API
   * @throws IllegalArgumentException when one of them is not an address at all
   */
  public static List<Endpoint> of(WorkerConfiguration configuration, String kubernetes) {
    String temporal = configuration.temporal.target;
    return Stream.concat(
            Stream.of(
                endpoint(URI.create(configuration.inventory.uri)),
                // It may be written as gRPC writes it, such as dns:///temporal:7233.
                Endpoint.parse(temporal.substring(temporal.lastIndexOf('/') + 1)),
                endpoint(URI.create(kubernetes))),
            configuration.journal.servers().stream().map(Endpoint::parse))
        .toList();
  }

  private static Endpoint endpoint(URI uri) {
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("no host in " + uri);
    }
    return Endpoint.parse(uri.getHost() + ":" + (uri.getPort() > 0 ? uri.getPort() : port(uri)));
  }

  private static int port(URI uri) {
    return switch (uri.getScheme()) {
      case "https" -> HTTPS;
      case "http" -> HTTP;
      default -> BOLT;
    };
  }
}
