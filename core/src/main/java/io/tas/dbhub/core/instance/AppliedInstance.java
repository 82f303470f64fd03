package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;

/**
 * @param gone the DBHubInstance does not exist, or is being deleted
 * @param generation of the DBHubInstance that was rendered
 * @param configHash of configuration and credentials, of all servers together
 * @param sources the databases rendered
 * @param problems databases that were left out and why, one sentence each, without credentials
 */
public record AppliedInstance(
    ResourceRef instance,
    boolean gone,
    long generation,
    String configHash,
    List<Source> sources,
    List<String> problems) {
  public AppliedInstance {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }
}
