package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;

/**
 * What to look for, and what the status has to say of it. Sent again with every look, so it is
 * small.
 *
 * @param generation of the DBHubInstance that was rendered
 * @param configHash that every pod shall run
 * @param databases names of the Database resources rendered, sorted
 * @param problems as in {@link AppliedInstance}
 */
public record ObserveInstance(
    ResourceRef instance,
    long generation,
    String configHash,
    List<String> databases,
    List<String> problems) {
  public ObserveInstance {
    databases = List.copyOf(databases);
    problems = List.copyOf(problems);
  }

  /** The looks at what was applied. */
  public static ObserveInstance of(AppliedInstance applied) {
    return new ObserveInstance(
        applied.instance(),
        applied.generation(),
        applied.configHash(),
        applied.sources().stream().map(source -> source.resource().name()).sorted().toList(),
        applied.problems());
  }
}
