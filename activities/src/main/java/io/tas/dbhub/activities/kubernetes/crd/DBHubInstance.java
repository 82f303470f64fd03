package io.tas.dbhub.activities.kubernetes.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;

/** A deployment of DBHub that serves the Database resources of its namespace it selects. */
@Group(Kubernetes.GROUP)
@Version(Kubernetes.VERSION)
@Kind("DBHubInstance")
@Plural("dbhubinstances")
@Singular("dbhubinstance")
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".spec.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Available",
    jsonPath = ".status.availableReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Databases",
    jsonPath = ".status.databaseCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Endpoint",
    jsonPath = ".status.endpoint",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class DBHubInstance extends CustomResource<DBHubInstanceSpec, DBHubInstanceStatus>
    implements Namespaced {
  public ResourceRef ref() {
    return new ResourceRef(getMetadata().getNamespace(), getMetadata().getName());
  }

  public boolean beingDeleted() {
    return getMetadata().getDeletionTimestamp() != null;
  }

  /** The spec with its defaults: a manifest may leave it out altogether. */
  public DBHubInstanceSpec settings() {
    DBHubInstanceSpec spec = getSpec();
    return spec == null ? DBHubInstanceSpec.defaults() : spec;
  }
}
