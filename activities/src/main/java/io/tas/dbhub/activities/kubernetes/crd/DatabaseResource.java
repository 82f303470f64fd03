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

/** A connection to a database, as Kubernetes keeps it. */
@Group(Kubernetes.GROUP)
@Version(Kubernetes.VERSION)
@Kind("Database")
@Plural("databases")
@Singular("database")
@AdditionalPrinterColumn(
    name = "Type",
    jsonPath = ".spec.type",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Host",
    jsonPath = ".spec.host",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Port",
    jsonPath = ".spec.port",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Database",
    jsonPath = ".spec.database",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class DatabaseResource extends CustomResource<DatabaseSpec, DatabaseResourceStatus>
    implements Namespaced {
  public ResourceRef ref() {
    return new ResourceRef(getMetadata().getNamespace(), getMetadata().getName());
  }

  /** Somebody deleted it: nothing serves or probes it any more. */
  public boolean beingDeleted() {
    return getMetadata().getDeletionTimestamp() != null;
  }
}
