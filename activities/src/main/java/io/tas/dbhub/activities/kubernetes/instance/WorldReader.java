package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.CredentialSource;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSelector;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the databases that an instance selects, with their credentials. */
final class WorldReader {
  private final KubernetesClient kubernetes;
  private final ManagedDatabases managed;

  WorldReader(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.managed = managed;
  }

  List<SelectedDatabase> databases(DBHubInstance instance) {
    String namespace = instance.getMetadata().getNamespace();
    DatabaseSelector selector = instance.settings().databaseSelector();
    List<DatabaseResource> found =
        kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(namespace)
            .withLabels(selector.matchLabels())
            .list()
            .getItems();
    CredentialSource credentials = new CredentialSource(managed, prefetched(namespace));
    return found.stream()
        .filter(database -> !database.beingDeleted() && database.getSpec() != null)
        .filter(
            database ->
                selector.selects(
                    database.getMetadata().getName(),
                    Optional.ofNullable(database.getMetadata().getLabels()).orElse(Map.of())))
        .map(
            database ->
                new SelectedDatabase(
                    database,
                    managed.find(database).map(DatabaseRef::id).orElse(null),
                    credentials.of(database)))
        .toList();
  }

  /** One request for the Secrets that are ours, which are nearly all; the others one by one. */
  private CredentialSource.Secrets prefetched(String namespace) {
    Map<String, Secret> ours = new HashMap<>();
    kubernetes
        .secrets()
        .inNamespace(namespace)
        .withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER)
        .list()
        .getItems()
        .forEach(secret -> ours.put(secret.getMetadata().getName(), secret));
    CredentialSource.Secrets single = CredentialSource.oneByOne(kubernetes);
    return (where, name) -> {
      Secret secret = where.equals(namespace) ? ours.get(name) : null;
      return secret != null ? secret : single.get(where, name);
    };
  }
}
