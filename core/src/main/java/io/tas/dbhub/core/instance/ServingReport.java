package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;

/**
 * @param endpoint as in {@link ObservedInstance}
 */
public record ServingReport(ResourceRef instance, String endpoint, List<Source> sources) {
  public ServingReport {
    sources = List.copyOf(sources);
  }
}
