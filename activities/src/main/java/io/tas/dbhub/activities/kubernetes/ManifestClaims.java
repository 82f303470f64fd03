package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.model.LabelRules;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Database resources made by hand ask of the inventory. One that bears the control plane's own
 * labels asks for nothing: it is a copy of one that the control plane made. Pure.
 */
public final class ManifestClaims {
  private final ManagedDatabases managed;

  public ManifestClaims(ManagedDatabases managed) {
    this.managed = managed;
  }

  /** Empty for a resource that asks for no node. */
  public Optional<DatabaseRef> database(DatabaseResource resource) {
    Map<String, String> labels = labels(resource);
    String tenant = labels.get(Kubernetes.TENANT);
    String space = labels.get(Kubernetes.SPACE);
    boolean copy =
        Kubernetes.MANAGER.equals(labels.get(Kubernetes.MANAGED_BY))
            || labels.containsKey(Kubernetes.DATABASE_ID);
    if (copy
        || resource.beingDeleted()
        || managed.find(resource).isPresent()
        || tenant == null
        || space == null
        || !Scope.valid(tenant)
        || !Scope.valid(space)) {
      return Optional.empty();
    }
    return Optional.of(new DatabaseRef(resource.getMetadata().getUid(), new Scope(tenant, space)));
  }

  /** As {@link #database}, with what tells whether its node has to change. */
  Optional<Claim> claim(DatabaseResource resource) {
    return database(resource)
        .map(
            database -> {
              AdoptDatabase wanted = wanted(resource, database);
              ResourceRef secret = wanted.secret();
              return new Claim(
                  database,
                  Sha256.hex(
                      DefinitionDigest.of(wanted.definition())
                          + " "
                          + Sha256.hex(wanted.definition().color())
                          + " "
                          + secret.namespace()
                          + "/"
                          + secret.name()));
            });
  }

  /**
   * The node that says what the resource says, unchecked. It has no owner: who may change it is who
   * may change the resource.
   */
  AdoptDatabase wanted(DatabaseResource resource, DatabaseRef database) {
    DatabaseDefinition said = DefinitionReader.read(resource, database);
    Map<String, String> labels = new TreeMap<>(said.labels());
    labels.keySet().removeIf(LabelRules::reserved);
    DatabaseDefinition definition =
        new DatabaseDefinition(
            said.id(),
            said.scope(),
            "",
            said.name(),
            said.target(),
            said.policy(),
            labels,
            said.description(),
            said.color(),
            said.active());
    return new AdoptDatabase(definition, secret(resource), resource.ref());
  }

  private static ResourceRef secret(DatabaseResource resource) {
    CredentialsRef ref = resource.getSpec().credentialsRef();
    if (ref == null || !resource.getSpec().type().networked()) {
      return new ResourceRef("", "");
    }
    return new ResourceRef(
        Optional.ofNullable(ref.namespace())
            .filter(namespace -> !namespace.isEmpty())
            .orElseGet(() -> resource.getMetadata().getNamespace()),
        ref.name());
  }

  private static Map<String, String> labels(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getLabels()).orElse(Map.of());
  }
}
