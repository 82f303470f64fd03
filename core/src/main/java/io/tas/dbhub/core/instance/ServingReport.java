package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What servers of an instance serve now.
 *
 * @param endpoint as in {@link ObservedInstance}
 * @param sources of the servers that are told of; those of other servers are left out
 * @param servers that are told of: their endpoints by name
 * @param kept names of the servers of which nothing new is told: what was recorded of them holds.
 *     Whatever is neither told of nor kept is gone
 */
public record ServingReport(
    ResourceRef instance,
    String endpoint,
    List<Source> sources,
    Map<String, String> servers,
    List<String> kept) {
  public ServingReport {
    sources = List.copyOf(sources);
    // A report from before there were several servers is one of the whole instance.
    servers =
        servers == null
            ? Map.of(instance.name(), endpoint)
            : Collections.unmodifiableMap(new TreeMap<>(servers));
    kept = kept == null ? List.of() : List.copyOf(kept);
  }

  /** Of an instance with one server. */
  public ServingReport(ResourceRef instance, String endpoint, List<Source> sources) {
    this(instance, endpoint, sources, Map.of(instance.name(), endpoint), List.of());
  }
}
