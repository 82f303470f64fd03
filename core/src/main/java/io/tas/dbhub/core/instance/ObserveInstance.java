package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to look for, and what the status has to say of it. Sent again with every look, so it is
 * small.
 *
 * @param generation of the DBHubInstance that was rendered
 * @param configHash that the servers shall run, all together
 * @param databases names of the Database resources rendered, sorted
 * @param problems as in {@link AppliedInstance}
 * @param servers how many databases each has, by its name
 */
public record ObserveInstance(
    ResourceRef instance,
    long generation,
    String configHash,
    List<String> databases,
    List<String> problems,
    Map<String, Integer> servers) {
  public ObserveInstance {
    databases = List.copyOf(databases);
    problems = List.copyOf(problems);
    // Asked before there were several servers: the first one has them all.
    servers =
        servers == null
            ? Map.of(instance.name(), databases.size())
            : Collections.unmodifiableMap(new TreeMap<>(servers));
  }

  /** The looks at what was applied. */
  public static ObserveInstance of(AppliedInstance applied) {
    Map<String, Integer> servers = new TreeMap<>();
    servers.put(applied.instance().name(), 0);
    for (Source source : applied.sources()) {
      servers.merge(source.serverOf(applied.instance()), 1, Integer::sum);
    }
    return new ObserveInstance(
        applied.instance(),
        applied.generation(),
        applied.configHash(),
        applied.sources().stream().map(source -> source.resource().name()).sorted().toList(),
        applied.problems(),
        servers);
  }
}
