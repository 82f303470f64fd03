package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The databases of an instance are spread over several servers, and each is asked at its own. */
@ExtendWith(RealSystem.class)
class ManyServersTest {
  /** Before the control plane's own in the alphabet, so that it is the one that the API asks. */
  private static final String INSTANCE = "a-spread";

  private static final String LABEL = "spread";
  private static final String QUERY = "SELECT name FROM towns ORDER BY name";

  private final TestSystem system;
  private final Tenant tenant;

  ManyServersTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @BeforeEach
  void makeInstance() {
    system
        .kubernetes()
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: %s/%s
                kind: DBHubInstance
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  maxSourcesPerServer: 1
                  databaseSelector:
                    matchLabels:
                      %s: %s
                """
                    .formatted(
                        Kubernetes.GROUP,
                        Kubernetes.VERSION,
                        INSTANCE,
                        ClusterEngine.NAMESPACE,
                        LABEL,
                        tenant.id()),
                DBHubInstance.class))
        .create();
  }

  @AfterEach
  void deleteInstance() {
    instance().delete();
    await("the end of its pods").atMost(Tenant.PATIENCE).until(this::pods, Set::isEmpty);
  }

  @Test
  void everyDatabaseIsAskedAtTheServerThatServesIt() {
    String first = create("first");
    awaitServed(Set.of(first));
    Set<String> before =
        await("one pod for the first")
            .atMost(Tenant.PATIENCE)
            .until(this::pods, names -> names.size() == 1);

    String second = create("second");
    Map<String, String> both = awaitServed(Set.of(first, second));

    assertThat(new TreeSet<>(both.values())).as("the endpoints of two servers").hasSize(2);
    assertThat(pods())
        .as("the first server's pod, which nobody rolled, and the second's")
        .containsAll(before)
        .hasSize(2);
    for (String id : List.of(first, second)) {
      assertThat(tenant.awaitQuery(id, QUERY).toString()).contains("Aarau", "Olten");
    }

    tenant.delete(second);
    await("the end of the server without databases")
        .atMost(Tenant.PATIENCE)
        .until(this::pods, before::equals);
    ApiClient.Answer answer = tenant.query(first, QUERY);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    tenant.delete(first);
  }

  @Test
  void scaledToNothingItIsAskedNoMoreAndDeletedItLeavesNothing() {
    String first = create("first");
    String second = create("second");
    awaitServed(Set.of(first, second));

    scale(0);
    awaitServed(Set.of());
    await("the end of its pods").atMost(Tenant.PATIENCE).until(this::pods, Set::isEmpty);
    assertThat(tenant.awaitQuery(first, QUERY).toString())
        .as("by the control plane's own instance")
        .contains("Aarau");
    scale(1);
    awaitServed(Set.of(first, second));

    instance().delete();
    await("the end of its objects").atMost(Tenant.PATIENCE).until(this::objects, Set::isEmpty);
    awaitServed(Set.of());
    await("the end of its workflow")
        .atMost(Tenant.PATIENCE)
        .until(this::workflow, WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED::equals);
    tenant.delete(first);
    tenant.delete(second);
  }

  private void scale(int replicas) {
    Scale scale = instance().scale();
    scale.getSpec().setReplicas(replicas);
    instance().scale(scale);
  }

  private WorkflowExecutionStatus workflow() {
    return system
        .temporal("default")
        .newUntypedWorkflowStub(WorkflowIds.instance(ClusterEngine.NAMESPACE, INSTANCE))
        .describe()
        .getStatus();
  }

  /** All that was made for it, also what the cluster made. */
  private Set<String> objects() {
    KubernetesClient kubernetes = system.kubernetes();
    Set<String> names = new TreeSet<>();
    for (Class<? extends HasMetadata> type :
        List.of(
            Deployment.class,
            ReplicaSet.class,
            Pod.class,
            Service.class,
            ConfigMap.class,
            Secret.class)) {
      kubernetes
          .resources(type)
          .inNamespace(ClusterEngine.NAMESPACE)
          .withLabel(Kubernetes.INSTANCE, INSTANCE)
          .list()
          .getItems()
          .forEach(object -> names.add(object.getKind() + " " + object.getMetadata().getName()));
    }
    return names;
  }

  private Resource<DBHubInstance> instance() {
    return system
        .kubernetes()
        .resources(DBHubInstance.class)
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(INSTANCE);
  }

  private String create(String name) {
    String id =
        tenant.create(
            Tenant.with(tenant.sqlite(name), Map.of("labels", Map.of(LABEL, tenant.id()))));
    tenant.awaitConnected(id);
    return id;
  }

  private Map<String, String> awaitServed(Set<String> databases) {
    return await("all are served")
        .atMost(Tenant.PATIENCE)
        .until(this::endpoints, served -> served.keySet().equals(databases));
  }

  /** Of the instance's databases, by id. */
  private Map<String, String> endpoints() {
    Map<String, String> endpoints = new TreeMap<>();
    system
        .neo4j()
        .executableQuery(
            "MATCH (:DBHubInstance {name: $name})-[s:SERVES]->(d:Database)"
                + " RETURN d.id AS id, s.endpoint AS endpoint")
        .withParameters(Map.of("name", INSTANCE))
        .execute()
        .records()
        .forEach(row -> endpoints.put(row.get("id").asString(), row.get("endpoint").asString()));
    return endpoints;
  }

  private Set<String> pods() {
    Set<String> names = new TreeSet<>();
    system
        .kubernetes()
        .pods()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withLabel(Kubernetes.INSTANCE, INSTANCE)
        .list()
        .getItems()
        .forEach(pod -> names.add(pod.getMetadata().getName()));
    return names;
  }
}
