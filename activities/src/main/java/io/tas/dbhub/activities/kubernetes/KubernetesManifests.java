package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.ManifestReading;
import io.tas.dbhub.core.adoption.Manifests;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Reasons;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.stream.Collectors;

/** Database resources made by hand, and whether they may be listed. Thread-safe. */
public final class KubernetesManifests implements Manifests {
  private final KubernetesClient kubernetes;
  private final ManifestClaims claims;

  public KubernetesManifests(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.claims = new ManifestClaims(managed);
  }

  @Override
  public ManifestReading readManifest(ResourceRef ref) {
    DatabaseResource resource =
        KubernetesFailures.translate(
            () ->
                kubernetes
                    .resources(DatabaseResource.class)
                    .inNamespace(ref.namespace())
                    .withName(ref.name())
                    .get());
    Optional<DatabaseRef> database = Optional.ofNullable(resource).flatMap(claims::database);
    if (resource == null || database.isEmpty()) {
      return new ManifestReading(null, null);
    }
    Optional<AdoptionResult> refusal = refusal(ref.namespace(), database.get().scope().tenantId());
    return refusal.isPresent()
        ? new ManifestReading(null, refusal.get())
        : checked(claims.wanted(resource, database.get()));
  }

  private Optional<AdoptionResult> refusal(String name, String tenant) {
    Namespace namespace;
    try {
      namespace = KubernetesFailures.translate(() -> namespace(name));
    } catch (NotAllowedToLookException e) {
      return Optional.of(
          AdoptionResult.refused(
              Reasons.NAMESPACE_FORBIDDEN,
              "The control plane may not read the Namespace "
                  + name
                  + ", which says whose databases may be made in it. Let its service account get"
                  + " it."));
    }
    NamespaceTenants tenants = new NamespaceTenants(NamespaceTenants.annotation(namespace));
    return tenants.allow(tenant)
        ? Optional.empty()
        : Optional.of(
            AdoptionResult.refused(
                Reasons.TENANT_NOT_ALLOWED,
                "The Namespace "
                    + name
                    + " does not let tenant "
                    + tenant
                    + " have databases made in it. Who has authority over it lets it: "
                    + tenants.cure(name, tenant)));
  }

  private Namespace namespace(String name) {
    try {
      return kubernetes.namespaces().withName(name).get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        throw new NotAllowedToLookException();
      }
      throw e;
    }
  }

  /** What REST would refuse is not listed there either. */
  private static ManifestReading checked(AdoptDatabase wanted) {
    DatabaseDefinition said = wanted.definition();
    if (!said.target().type().networked() && said.target().database().startsWith("../")) {
      return refused(
          Reasons.FILE_OUTSIDE_TENANT,
          "The files of a tenant lie in its own folder: spec.database begins with "
              + said.scope().tenantId()
              + "/.");
    }
    DatabaseRules.Outcome outcome = DatabaseRules.forManifest(said);
    if (outcome instanceof DatabaseRules.Accepted accepted) {
      return new ManifestReading(
          new AdoptDatabase(
              accepted.definition(said.id(), said.scope(), said.ownerId()),
              wanted.secret(),
              wanted.resource()),
          null);
    }
    return refused(
        Reasons.INVALID,
        "It breaks rules of the inventory: "
            + ((DatabaseRules.Refused) outcome)
                .violations().stream()
                    .map(violation -> violation.field() + " " + violation.message())
                    .collect(Collectors.joining("; "))
            + ".");
  }

  private static ManifestReading refused(String reason, String message) {
    return new ManifestReading(null, AdoptionResult.refused(reason, message));
  }

  /** Not a failure: the cure is somebody's who reads the resource's status. */
  private static final class NotAllowedToLookException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
