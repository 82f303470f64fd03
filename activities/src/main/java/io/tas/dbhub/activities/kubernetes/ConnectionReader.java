package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;

/** Reads the desired connection and its credentials from Kubernetes. Thread-safe. */
public final class ConnectionReader {
  private final KubernetesClient kubernetes;
  private final ManagedDatabases managed;
  private final CredentialSource credentials;

  public ConnectionReader(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.managed = managed;
    this.credentials = new CredentialSource(managed, CredentialSource.oneByOne(kubernetes));
  }

  /**
   * Reads both anew at each call.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable} when the API
   *     server cannot be asked, {@code KubernetesRefused} when it does not let this process read
   */
  public Connection read(ResourceRef database) {
    DatabaseResource resource =
        KubernetesFailures.translate(
            () ->
                kubernetes
                    .resources(DatabaseResource.class)
                    .inNamespace(database.namespace())
                    .withName(database.name())
                    .get());
    if (resource == null || resource.beingDeleted()) {
      return new Connection.Gone();
    }
    long generation = resource.getMetadata().getGeneration();
    String digest =
        managed.find(resource).map(own -> DefinitionReader.digest(resource, own)).orElse(null);
    if (!resource.getSpec().active()) {
      return new Connection.SetAside(generation, digest);
    }
    CredentialSource.Answer answer = KubernetesFailures.translate(() -> credentials.of(resource));
    if (answer instanceof CredentialSource.Answer.Available available) {
      return new Connection.Found(
          Targets.of(resource), available.credentials(), generation, digest);
    }
    return new Connection.Unusable(
        ((CredentialSource.Answer.Missing) answer).error(), generation, digest);
  }
}
