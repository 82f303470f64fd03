package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/** Reads the desired connection and its credentials from Kubernetes. Thread-safe. */
public final class ConnectionReader {
  private final KubernetesClient kubernetes;
  private final ManagedDatabases managed;
  private final ManifestClaims claims;
  private final CredentialSource credentials;

  public ConnectionReader(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.managed = managed;
    this.claims = new ManifestClaims(managed);
    this.credentials =
        new CredentialSource(
            managed, CredentialSource.oneByOne(kubernetes), NamespaceTenants.oneByOne(kubernetes));
  }

  /**
   * Reads both anew at each call.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable} when the API
   *     server cannot be asked, {@code KubernetesRefused} when it does not let this process read
   */
  public Connection read(ResourceRef database) {
    DatabaseResource resource = find(database);
    return resource == null ? new Connection.Gone() : read(resource);
  }

  /** Null when there is none, or it is being deleted. */
  @Nullable DatabaseResource find(ResourceRef database) {
    DatabaseResource resource =
        KubernetesFailures.translate(
            () ->
                kubernetes
                    .resources(DatabaseResource.class)
                    .inNamespace(database.namespace())
                    .withName(database.name())
                    .get());
    return resource == null || resource.beingDeleted() ? null : resource;
  }

  /** Of a resource that was read just now. */
  Connection read(DatabaseResource resource) {
    return read(resource, credentials);
  }

  Connection read(DatabaseResource resource, CredentialSource credentials) {
    Connection.Said said =
        new Connection.Said(
            resource.getMetadata().getGeneration(),
            resource.getMetadata().getUid(),
            managed.find(resource).map(own -> DefinitionReader.digest(resource, own)).orElse(null),
            claims.claim(resource).orElse(null),
            resource.getSpec().readOnly());
    if (!resource.getSpec().active()) {
      return new Connection.SetAside(said);
    }
    CredentialSource.Answer answer = KubernetesFailures.translate(() -> credentials.of(resource));
    if (answer instanceof CredentialSource.Answer.Available available) {
      return new Connection.Found(Targets.of(resource), available.credentials(), said);
    }
    return new Connection.Unusable(((CredentialSource.Answer.Missing) answer).error(), said);
  }
}
