package io.tas.dbhub.benchmark;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Secrets and Database resources as somebody applies them by hand, and the instance for them. */
final class Fleet {
  static final String INSTANCE = "bench";

  private static final String GROUP = "dbhub.tas.io";
  private static final Map<String, String> LABELS = Map.of("bench", "operator");

  private final KubernetesClient kubernetes;
  private final OperatorTargets targets;
  private final int creators;

  /**
   * @param creators how many objects are made at a time
   */
  Fleet(KubernetesClient kubernetes, OperatorTargets targets, int creators) {
    this.kubernetes = kubernetes;
    this.targets = targets;
    this.creators = creators;
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      databases() {
    return resources("Database");
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      instances() {
    return resources("DBHubInstance");
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources(String kind) {
    return kubernetes.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion("v1alpha1")
            .withKind(kind)
            .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
            .withNamespaced(true)
            .build());
  }

  static String name(int number) {
    return "db%05d".formatted(number);
  }

  /** May be repeated. */
  void createNamespace(String namespace) {
    kubernetes
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
  }

  /** One that serves all of them. */
  void createInstance(String namespace, int perServer) {
    createInstance(namespace, INSTANCE, perServer, Map.of("matchLabels", LABELS));
  }

  /** One that serves the first of them. */
  void createInstance(String namespace, String name, int perServer, int count) {
    List<String> names = IntStream.range(0, count).mapToObj(Fleet::name).toList();
    createInstance(namespace, name, perServer, Map.of("matchNames", names));
  }

  private void createInstance(
      String namespace, String name, int perServer, Map<String, Object> selector) {
    instances()
        .inNamespace(namespace)
        .resource(
            resource(
                "DBHubInstance",
                name,
                Map.of(
                    "replicas", 1, "maxSourcesPerServer", perServer, "databaseSelector", selector)))
        .create();
  }

  /**
   * Makes all of them, as fast as the API server takes them.
   *
   * @param hangingPort where the first of each ten leads; 0: none is to hang
   */
  void create(String namespace, int count, int hangingPort) {
    ExecutorService threads = Executors.newFixedThreadPool(creators);
    try {
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        work.add(() -> createOne(namespace, number, hangingPort));
      }
      for (Future<String> done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new EngineException("An object could not be created: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  static boolean hangs(int number) {
    return number % 10 == 0;
  }

  private String createOne(String namespace, int number, int hangingPort) {
    String name = name(number);
    OperatorTargets.Target target = targets.of(number);
    Login login = target.login();
    kubernetes
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name + "-credentials")
                .withLabels(LABELS)
                .endMetadata()
                .withStringData(Map.of("username", login.user(), "password", login.password()))
                .build())
        .create();
    databases()
        .inNamespace(namespace)
        .resource(
            resource(
                "Database",
                name,
                Map.of(
                    "type",
                    "postgres",
                    "host",
                    target.host(),
                    "port",
                    hangingPort != 0 && hangs(number) ? hangingPort : target.port(),
                    "database",
                    target.database(),
                    "sslMode",
                    "disable",
                    "credentialsRef",
                    Map.of("name", name + "-credentials"))))
        .create();
    return name;
  }

  private static GenericKubernetesResource resource(
      String kind, String name, Map<String, Object> spec) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(GROUP + "/v1alpha1");
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withLabels(LABELS).build());
    resource.setAdditionalProperty("spec", spec);
    return resource;
  }

  /** Begins to take everything away. */
  void delete(String namespace) {
    instances().inNamespace(namespace).withLabels(LABELS).delete();
    databases().inNamespace(namespace).withLabels(LABELS).delete();
    kubernetes.secrets().inNamespace(namespace).withLabels(LABELS).delete();
  }
}
