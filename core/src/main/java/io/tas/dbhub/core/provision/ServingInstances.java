package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;

/** The DBHubInstances that serve a database. */
public record ServingInstances(List<ResourceRef> instances) {
  public ServingInstances {
    instances = List.copyOf(instances);
  }
}
