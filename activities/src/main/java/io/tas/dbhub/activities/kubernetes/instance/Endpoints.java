package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.Service;
import io.tas.dbhub.core.names.Kubernetes;
import java.net.URI;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of a server. Pure. */
final class Endpoints {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

  private Endpoints() {}

  /** Where clients reach it: the address on the Service if there is one, else the Service's own. */
  static String of(Server server, @Nullable Service service) {
    return external(service)
        .orElseGet(
            () ->
                "http://"
                    + server.name()
                    + "."
                    + server.instance().getMetadata().getNamespace()
                    + ".svc.cluster.local:"
                    + server.instance().settings().port());
  }

  /**
   * The names DBHub shall answer to. It knows the address it listens on by itself, so a numeric
   * external address adds nothing: it may change with every pod, and each change would roll them.
   */
  static NavigableSet<String> hosts(Server server, @Nullable Service service) {
    String name = server.name();
    String namespace = server.instance().getMetadata().getNamespace();
    NavigableSet<String> hosts = new TreeSet<>();
    hosts.add(name);
    hosts.add(name + "." + namespace);
    hosts.add(name + "." + namespace + ".svc");
    hosts.add(name + "." + namespace + ".svc.cluster.local");
    external(service)
        .flatMap(Endpoints::host)
        .filter(host -> !ADDRESS.matcher(host).matches())
        .ifPresent(hosts::add);
    return hosts;
  }

  private static Optional<String> external(@Nullable Service service) {
    if (service == null) {
      return Optional.empty();
    }
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(all -> all.get(Kubernetes.EXTERNAL_ENDPOINT))
        .filter(endpoint -> host(endpoint).isPresent());
  }

  private static Optional<String> host(String endpoint) {
    try {
      return Optional.ofNullable(URI.create(endpoint).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
