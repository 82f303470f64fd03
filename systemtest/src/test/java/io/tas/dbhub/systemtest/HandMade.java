package io.tas.dbhub.systemtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.dbhub.client.DbhubClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * What a team makes with kubectl and asks of it: Secrets, Databases and DBHubInstances, written
 * exactly as they are given, without the defaults that a class of ours would add. Each team has a
 * label and a prefix of its own, so that no instance selects another team's databases.
 */
final class HandMade implements AutoCloseable {
  static final String DATABASE = "Database";
  static final String INSTANCE = "DBHubInstance";

  private static final String TEAM = "team";
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final TestSystem system;
  private final KubernetesClient kubernetes;
  private final String team;
  private final DbhubClient dbhub = new DbhubClient();

  HandMade(TestSystem system, String team) {
    this.system = system;
    this.kubernetes = system.kubernetes();
    this.team = team;
  }

  /** The label that its databases have and its instances select by. */
  Map<String, String> label() {
    return Map.of(TEAM, team);
  }

  /** A name that no other team's object has. */
  String name(String what) {
    return team + "-" + what;
  }

  void secret(String what, Map<String, String> texts) {
    kubernetes
        .secrets()
        .inNamespace(ClusterEngine.NAMESPACE)
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name(what))
                .withNamespace(ClusterEngine.NAMESPACE)
                .withLabels(label())
                .endMetadata()
                .withStringData(texts)
                .build())
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  /** As {@code kubectl apply}: may be repeated. */
  void apply(String kind, String what, Map<String, Object> spec) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(Kubernetes.GROUP + "/" + Kubernetes.VERSION);
    object.setKind(kind);
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(what))
            .withNamespace(ClusterEngine.NAMESPACE)
            .withLabels(label())
            .build());
    object.setAdditionalProperty("spec", spec);
    kubernetes
        .genericKubernetesResources(context(kind))
        .inNamespace(ClusterEngine.NAMESPACE)
        .resource(object)
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  /** A Database on what a request for a connection says, with a Secret of the same name. */
  void database(String what, Map<String, Object> request, Map<String, Object> others) {
    secret(
        what,
        Map.of(
            "username",
            request.get("username").toString(),
            "password",
            request.get("password").toString()));
    Map<String, Object> spec =
        new HashMap<>(
            Map.of(
                "type",
                request.get("type"),
                "host",
                request.get("host"),
                "port",
                request.get("port"),
                "database",
                request.get("database"),
                "credentialsRef",
                Map.of("name", name(what))));
    spec.putAll(others);
    apply(DATABASE, what, spec);
  }

  /** An instance that selects all the team's databases. */
  void instance(String what, Map<String, Object> others) {
    Map<String, Object> spec =
        new HashMap<>(Map.of("databaseSelector", Map.of("matchLabels", label())));
    spec.putAll(others);
    apply(INSTANCE, what, spec);
  }

  void patch(String kind, String what, String merge) {
    object(kind, what).patch(MERGE, merge);
  }

  void patchStatus(String kind, String what, String merge) {
    object(kind, what).subresource("status").patch(MERGE, merge);
  }

  void delete(String kind, String what) {
    object(kind, what).delete();
  }

  Resource<GenericKubernetesResource> object(String kind, String what) {
    return kubernetes
        .genericKubernetesResources(context(kind))
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name(what));
  }

  /** The whole object as JSON. */
  JsonNode read(String kind, String what) {
    try {
      return JSON.readTree(Serialization.asJson(object(kind, what).require()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what Kubernetes answers is JSON", e);
    }
  }

  JsonNode await(String kind, String what, Predicate<JsonNode> condition) {
    return Awaitility.await(kind + " " + name(what))
        .atMost(Tenant.PATIENCE)
        .until(() -> read(kind, what), condition);
  }

  JsonNode awaitPhase(String kind, String what, String phase) {
    return await(kind, what, object -> object.at("/status/phase").asText().equals(phase));
  }

  static Optional<JsonNode> condition(JsonNode object, String type) {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .findFirst();
  }

  /** The instance once it serves exactly these databases, all rolled out. */
  JsonNode awaitServed(String what, String... databases) {
    List<String> names = List.of(databases).stream().map(this::name).sorted().toList();
    return await(
        INSTANCE,
        what,
        instance -> {
          List<String> served =
              StreamSupport.stream(instance.at("/status/connectedDatabases").spliterator(), false)
                  .map(JsonNode::asText)
                  .toList();
          return served.equals(names)
              && condition(instance, "Ready")
                  .filter(ready -> ready.path("reason").asText().equals("RolledOut"))
                  .isPresent();
        });
  }

  /** Over MCP, as an agent would. The instance has been served before. */
  DbhubAnswer ask(String instance, String database, String sql) {
    String endpoint = read(INSTANCE, instance).at("/status/endpoint").asText();
    return dbhub.execute(
        endpoint,
        source(name(database)),
        system.keys().dbhubToken(ClusterEngine.NAMESPACE, name(instance)),
        sql,
        ANSWER);
  }

  /** The rows once it serves the database. */
  DbhubAnswer.Result awaitRows(String instance, String database, String sql) {
    await(INSTANCE, instance, object -> !object.at("/status/endpoint").asText().isEmpty());
    return ((DbhubAnswer.Results)
            Awaitility.await("rows of " + name(database))
                .atMost(Tenant.PATIENCE)
                .until(
                    () -> ask(instance, database, sql),
                    answer -> answer instanceof DbhubAnswer.Results))
        .statements()
        .get(0);
  }

  /** As the tools of DBHub are named for it. */
  static String source(String name) {
    return name.replace(".", "_DOT_").replace("-", "_");
  }

  Deployment deployment(String instance) {
    return kubernetes
        .apps()
        .deployments()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name(instance))
        .require();
  }

  List<Pod> readyPods(String instance) {
    return kubernetes
        .pods()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.INSTANCE, name(instance))
        .list()
        .getItems()
        .stream()
        .filter(Readiness::isPodReady)
        .toList();
  }

  static ResourceDefinitionContext context(String kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(Kubernetes.GROUP)
        .withVersion(Kubernetes.VERSION)
        .withKind(kind)
        .withPlural(kind.equals(DATABASE) ? "databases" : "dbhubinstances")
        .withNamespaced(true)
        .build();
  }

  /** Takes everything of the team away and waits for its pods to go. */
  @Override
  public void close() {
    for (String kind : List.of(INSTANCE, DATABASE)) {
      kubernetes
          .genericKubernetesResources(context(kind))
          .inNamespace(ClusterEngine.NAMESPACE)
          .withLabels(label())
          .delete();
    }
    kubernetes.secrets().inNamespace(ClusterEngine.NAMESPACE).withLabels(label()).delete();
    Awaitility.await("the team's Deployments to go")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                kubernetes
                    .apps()
                    .deployments()
                    .inNamespace(ClusterEngine.NAMESPACE)
                    .list()
                    .getItems()
                    .stream()
                    .noneMatch(d -> d.getMetadata().getName().startsWith(team + "-")));
  }
}
