package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tas.dbhub.activities.kubernetes.CredentialSource;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.ManifestClaims;
import io.tas.dbhub.activities.kubernetes.Pages;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSelector;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads the databases that an instance selects, with their credentials. */
final class WorldReader {
  /** More Secrets than this are not worth a request each. */
  private static final int ONE_BY_ONE = 20;

  private final KubernetesClient kubernetes;
  private final ManagedDatabases managed;
  private final ManifestClaims claims;

  WorldReader(KubernetesClient kubernetes, ManagedDatabases managed) {
    this.kubernetes = kubernetes;
    this.managed = managed;
    this.claims = new ManifestClaims(managed);
  }

  List<SelectedDatabase> databases(DBHubInstance instance) {
    String namespace = instance.getMetadata().getNamespace();
    DatabaseSelector selector = instance.settings().databaseSelector();
    List<DatabaseResource> selected = new ArrayList<>();
    inPages(
        kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(namespace)
            .withLabels(selector.matchLabels()),
        database -> {
          if (wanted(selector, database)) {
            selected.add(database);
          }
        });
    CredentialSource credentials =
        CredentialSource.ofAMoment(kubernetes, managed, prefetched(namespace, referred(selected)));
    return selected.stream()
        .map(
            database ->
                new SelectedDatabase(
                    database,
                    managed
                        .find(database)
                        .or(() -> claims.database(database))
                        .map(DatabaseRef::id)
                        .orElse(null),
                    credentials.of(database)))
        .toList();
  }

  private static boolean wanted(DatabaseSelector selector, DatabaseResource database) {
    return !database.beingDeleted()
        && database.getSpec() != null
        && selector.selects(
            database.getMetadata().getName(),
            Optional.ofNullable(database.getMetadata().getLabels()).orElse(Map.of()));
  }

  /** The names of Secrets in the resources' own namespace. */
  private static Set<String> referred(List<DatabaseResource> databases) {
    return databases.stream()
        .flatMap(database -> Optional.ofNullable(database.getSpec().credentialsRef()).stream())
        .map(CredentialsRef::name)
        .collect(Collectors.toSet());
  }

  /**
   * One request for the Secrets that are ours; the others one by one, or those of the whole
   * namespace where they are many.
   */
  private CredentialSource.Secrets prefetched(String namespace, Set<String> referred) {
    NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets =
        kubernetes.secrets().inNamespace(namespace);
    Map<String, Secret> known = new HashMap<>();
    Consumer<Secret> keep = secret -> keep(secret, referred, known);
    inPages(secrets.withLabel(Kubernetes.MANAGED_BY, Kubernetes.MANAGER), keep);
    boolean all = referred.size() - known.size() > ONE_BY_ONE;
    if (all) {
      inPages(secrets, keep);
    }
    CredentialSource.Secrets single = CredentialSource.oneByOne(kubernetes);
    return (where, name) -> {
      if (!where.equals(namespace)) {
        return single.get(where, name);
      }
      Secret secret = known.get(name);
      return secret != null || all ? secret : single.get(where, name);
    };
  }

  /** Of a Secret that nobody refers to nothing is kept. */
  private static void keep(Secret found, Set<String> referred, Map<String, Secret> known) {
    if (referred.contains(found.getMetadata().getName())) {
      known.put(found.getMetadata().getName(), found);
    }
  }

  /**
   * Of ten thousand objects, who wrote which of their fields would not fit into the heap either.
   */
  private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void inPages(
      Listable<L> objects, Consumer<T> each) {
    Pages.read(
        objects,
        object -> {
          object.getMetadata().setManagedFields(new ArrayList<>());
          each.accept(object);
        },
        () -> {});
  }
}
