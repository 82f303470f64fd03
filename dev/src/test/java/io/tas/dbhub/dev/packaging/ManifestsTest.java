package io.tas.dbhub.dev.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.names.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rendered manifests say, whichever way they were rendered. */
class ManifestsTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-");
  private static final Pattern HASH = Pattern.compile("-[a-z0-9]{10}$");

  @TempDir private static Path home;
  private static Tools tools;
  private static List<Rendering> all;

  @BeforeAll
  static void render() {
    tools = new Tools(home, Optional.empty());
    all = Rendering.all(tools);
  }

  @Test
  void noManifestHoldsASecret() {
    for (Rendering rendering : all) {
      assertThat(rendering.of("Secret")).as(rendering.name()).isEmpty();
      assertThat(rendering.yaml()).as(rendering.name()).doesNotContain("stringData");
      for (JsonNode variable : variables(rendering)) {
        if (variable.path("name").asText().matches(".*(PASSWORD|USER)")) {
          assertThat(variable.has("value")).as("%s: %s", rendering, variable).isFalse();
          assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isNotEmpty();
        }
      }
      for (JsonNode map : rendering.of("ConfigMap").toList()) {
        assertThat(fields(map.path("data")).keySet())
            .noneMatch(key -> key.contains("PASSWORD") || key.contains("USER"));
      }
    }
  }

  @Test
  void everySelectorSelectsWhatItIsFor() {
    for (Rendering rendering : all) {
      List<JsonNode> deployments = rendering.deployments();
      assertThat(deployments).as(rendering.name()).hasSize(2);
      for (JsonNode deployment : deployments) {
        assertThat(selects(deployment.at("/spec/selector"), podLabels(deployment)))
            .as("%s: %s", rendering, deployment.at("/metadata/name"))
            .isTrue();
      }
      JsonNode service = rendering.one("Service", "dbhub-api");
      assertThat(fields(podLabels(rendering.one("Deployment", "dbhub-api"))))
          .containsAllEntriesOf(fields(service.at("/spec/selector")));
      assertThat(
              fields(podLabels(rendering.one("Deployment", "dbhub-worker")))
                  .entrySet()
                  .containsAll(fields(service.at("/spec/selector")).entrySet()))
          .isFalse();
      for (JsonNode port : service.at("/spec/ports")) {
        assertThat(ports(rendering.one("Deployment", "dbhub-api")))
            .contains(port.path("targetPort").asText());
      }
      for (JsonNode budget : rendering.of("PodDisruptionBudget").toList()) {
        assertThat(selected(rendering, budget.at("/spec/selector")))
            .containsExactly(budget.at("/metadata/name").asText());
      }
      for (JsonNode policy : ownPolicies(rendering)) {
        assertThat(selected(rendering, policy.at("/spec/podSelector")))
            .containsExactly(policy.at("/metadata/name").asText());
      }
      for (JsonNode monitor : rendering.of("PodMonitor").toList()) {
        assertThat(selected(rendering, monitor.at("/spec/selector")))
            .containsExactlyInAnyOrder("dbhub-api", "dbhub-worker");
        String port = monitor.at("/spec/podMetricsEndpoints/0/port").asText();
        deployments.forEach(deployment -> assertThat(ports(deployment)).contains(port));
      }
    }
  }

  @Test
  void theServersPolicyIsForThePodsThatTheWorkerMakes() {
    for (Rendering rendering : all) {
      for (JsonNode policy : rendering.of("NetworkPolicy").toList()) {
        if (policy.at("/metadata/name").asText().equals("dbhub-servers")) {
          assertThat(fields(policy.at("/spec/podSelector/matchLabels")))
              .isEqualTo(
                  Map.of(
                      Kubernetes.MANAGED_BY,
                      Kubernetes.MANAGER,
                      "app.kubernetes.io/name",
                      "dbhub"));
        }
      }
    }
  }

  @Test
  void theRulesAreThoseOfTheOneFile() throws IOException {
    String file = Files.readString(Rendering.DEPLOY.resolve("k8s/rbac-worker.yaml"));
    for (Rendering rendering : all) {
      boolean everywhere = rendering.name().endsWith("cluster-wide");
      List<JsonNode> roles = named(rendering, everywhere ? "ClusterRole" : "Role");
      assertThat(roles).as(rendering.name()).isNotEmpty();
      assertThat(named(rendering, everywhere ? "Role" : "ClusterRole")).isEmpty();
      for (JsonNode role : roles) {
        String namespace = role.at("/metadata/namespace").asText();
        assertThat(namespace.isEmpty()).isEqualTo(everywhere);
        JsonNode written =
            rules(everywhere ? file : file.replace("tas-mcp-servers", namespace)).path("rules");
        if (everywhere) {
          written.forEach(rule -> ((ObjectNode) rule).remove("resourceNames"));
        }
        assertThat(role.path("rules")).as("%s, %s", rendering, namespace).isEqualTo(written);
      }
      assertThat(named(rendering, everywhere ? "ClusterRoleBinding" : "RoleBinding"))
          .hasSameSizeAs(roles);
    }
  }

  /** Without it nobody watches; and it is in one namespace only, also where the rest is in all. */
  @Test
  void theElectionIsAllowedWhereTheConfigurationHoldsIt() {
    for (Rendering rendering : all) {
      JsonNode role = rendering.one("Role", "dbhub-worker-leader");
      JsonNode binding = rendering.one("RoleBinding", "dbhub-worker-leader");
      JsonNode config =
          Rendering.objects(
                  rendering.one("ConfigMap", "dbhub-worker").at("/data/worker.yml").asText())
              .get(0)
              .path("kubernetes");
      assertThat(role.at("/metadata/namespace").asText())
          .as(rendering.name())
          .isEqualTo(binding.at("/metadata/namespace").asText())
          .isEqualTo(
              rendering.one("ConfigMap", "dbhub-settings").at("/data/DBHUB_NAMESPACE").asText());
      assertThat(config.path("leaseNamespace").asText()).isEmpty();
      assertThat(role.at("/rules/1/resourceNames/0").asText())
          .isEqualTo(config.path("leaseName").asText());
      assertThat(binding.at("/roleRef/name").asText()).isEqualTo("dbhub-worker-leader");
    }
  }

  @Test
  void whatIsGrantedIsGrantedToTheWorkerAlone() {
    for (Rendering rendering : all) {
      List<JsonNode> bindings =
          Stream.of("RoleBinding", "ClusterRoleBinding").flatMap(rendering::of).toList();
      assertThat(bindings).as(rendering.name()).isNotEmpty();
      for (JsonNode binding : bindings) {
        assertThat(binding.at("/subjects")).hasSize(1);
        assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("dbhub-worker");
        assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo(rendering.own());
        assertThat(binding.path("kind").asText())
            .isEqualTo(binding.at("/roleRef/kind").asText() + "Binding");
      }
    }
  }

  private static List<JsonNode> named(Rendering rendering, String kind) {
    return rendering
        .of(kind)
        .filter(object -> object.at("/metadata/name").asText().equals("dbhub-worker"))
        .toList();
  }

  private static JsonNode rules(String file) {
    return Rendering.objects(file).stream()
        .filter(object -> object.path("kind").asText().equals("Role"))
        .filter(object -> object.at("/metadata/name").asText().equals("dbhub-worker"))
        .findAny()
        .orElseThrow();
  }

  /** Whoever may write Databases in a namespace can have its Secrets sent anywhere. */
  @Test
  void theProcessesAreWhereNoDatabaseIs() {
    for (Rendering rendering : all) {
      List<JsonNode> theirs = new ArrayList<>(rendering.deployments());
      theirs.addAll(rendering.of("ServiceAccount").toList());
      theirs.addAll(rendering.of("ExternalSecret").toList());
      for (JsonNode object : theirs) {
        assertThat(object.at("/metadata/namespace").asText())
            .as("%s: %s", rendering, object.at("/metadata/name"))
            .isEqualTo(rendering.own());
      }
      assertThat(rendering.of("DBHubInstance"))
          .extracting(instance -> instance.at("/metadata/namespace").asText())
          .containsExactly("tas-mcp-servers");
    }
  }

  @Test
  void theWatchedNamespacesHaveARoleEach() {
    Rendering chart = rendered("helm production");
    assertThat(named(chart, "Role"))
        .extracting(role -> role.at("/metadata/namespace").asText())
        .containsExactlyInAnyOrder("tas-mcp-servers", "sales", "reports");
  }

  @Test
  void podsAreLockedDown() {
    for (Rendering rendering : all) {
      for (JsonNode deployment : rendering.deployments()) {
        JsonNode pod = deployment.at("/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
        JsonNode container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
            .isFalse();
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
          assertThat(ports(deployment))
              .contains(container.at("/" + probe + "/httpGet/port").asText());
        }
      }
      assertThat(
              rendering
                  .one("Deployment", "dbhub-api")
                  .at("/spec/template/spec/automountServiceAccountToken")
                  .asBoolean(true))
          .isFalse();
    }
  }

  /** Nothing is set that no file asks for: a misspelt variable would be ignored in silence. */
  @Test
  void everyVariableIsAskedForByAFile() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String file : List.of("../api/api.yml", "../worker/worker.yml")) {
      VARIABLE
          .matcher(Files.readString(Path.of(file)))
          .results()
          .forEach(found -> asked.add(found.group(1)));
    }
    for (Rendering rendering : all) {
      Set<String> set = new TreeSet<>();
      set.addAll(fields(rendering.one("ConfigMap", "dbhub-settings").path("data")).keySet());
      variables(rendering).forEach(variable -> set.add(variable.path("name").asText()));
      assertThat(asked).as(rendering.name()).containsAll(set);
    }
  }

  @Test
  void theConfigurationIsTheDocumentedOne() throws IOException {
    for (String process : List.of("api", "worker")) {
      Path documented = Path.of("..", process, process + ".yml");
      assertThat(Rendering.DEPLOY.resolve("k8s/config/" + process + ".yml"))
          .as("a copy, since kustomize reads no file above its own: write it anew")
          .hasSameTextualContentAs(documented);
    }
    assertThat(Files.readString(Rendering.DEPLOY.resolve("overlays/cluster-wide/worker.yml")))
        .isEqualTo(
            Files.readString(Path.of("../worker/worker.yml"))
                .replace("watchNamespaces: []", "watchNamespaces: [\"*\"]"));
  }

  @Test
  void theChartIsTheBase() {
    Rendering base = rendered("kustomize k8s");
    Rendering chart = rendered("helm minimal");
    for (String process : List.of("dbhub-api", "dbhub-worker")) {
      assertThat(comparable(chart.one("Deployment", process)))
          .isEqualTo(comparable(base.one("Deployment", process)));
    }
    for (String kind :
        List.of("NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount")) {
      assertThat(chart.of(kind))
          .extracting(o -> o.at("/metadata/name").asText())
          .containsExactlyInAnyOrderElementsOf(
              base.of(kind).map(o -> o.at("/metadata/name").asText()).toList());
    }
    assertThat(fields(chart.one("Namespace", "tas-mcp-servers").at("/metadata/annotations")))
        .containsAllEntriesOf(
            fields(base.one("Namespace", "tas-mcp-servers").at("/metadata/annotations")));
    assertThat(chart.one("DBHubInstance", "dbhub").path("spec"))
        .isEqualTo(base.one("DBHubInstance", "dbhub").path("spec"));
  }

  @Test
  void theChartsCrdsAreTheGeneratedOnes() {
    assertThat(
            Rendering.objects(
                tools.helm("show", "crds", Rendering.CHART.toString()).succeeded().out()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("databases", "dbhubinstances")
                .flatMap(
                    name ->
                        Rendering.objects(
                            Rendering.DEPLOY.resolve("k8s/crds/" + name + ".dbhub.tas.io.yaml"))
                            .stream())
                .toList());
  }

  @Test
  void theChartRefusesWhatCannotBeRight() {
    assertThat(chart("minimal", "--set", "auth.issuer=").everything()).contains("issuer");
    assertThat(chart("minimal", "--set", "replica=3").everything()).contains("replica");
    assertThat(chart("minimal", "--set", "journal.url=jdbc:sqlite:a.db").everything())
        .contains("journal");
    assertThat(chart("minimal", "--set", "connections.namespace=dbhub-system").everything())
        .contains("must be another");
    assertThat(chart("minimal", "--set", "worker.deployment.name=w").everything())
        .contains("buildId");
  }

  /** A chart that somebody packages holds the linked files themselves. */
  @Test
  void aPackagedChartIsWhole() {
    tools.helm("package", Rendering.CHART.toString(), "--destination", home.toString()).succeeded();
    Path packaged = home.resolve("dbhub-control-plane-0.1.0.tgz");
    assertThat(packaged).isRegularFile();
    assertThat(
            tools
                .helm(
                    "template",
                    "test",
                    packaged.toString(),
                    "--namespace",
                    "dbhub-system",
                    "--values",
                    Rendering.values("minimal").toString())
                .succeeded()
                .out())
        .isEqualTo(rendered("helm minimal").yaml());
  }

  private static Tools.Result chart(String example, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template",
                "test",
                Rendering.CHART.toString(),
                "--namespace",
                "dbhub-system",
                "--values",
                Rendering.values(example).toString()));
    arguments.addAll(List.of(more));
    Tools.Result result = tools.helm(arguments.toArray(String[]::new));
    assertThat(result.code()).as(String.join(" ", more)).isNotZero();
    return result;
  }

  private static Rendering rendered(String name) {
    return all.stream().filter(r -> r.name().equals(name)).findAny().orElseThrow();
  }

  /**
   * What both ways have in common: no labels, hashes, images, and nothing that only one can say.
   */
  private static JsonNode comparable(JsonNode deployment) {
    ObjectNode pod = deployment.at("/spec/template/spec").deepCopy();
    pod.remove("topologySpreadConstraints");
    ObjectNode container = (ObjectNode) pod.at("/containers/0");
    container.remove(List.of("image", "imagePullPolicy"));
    Map<String, JsonNode> environment = new LinkedHashMap<>();
    container.path("env").forEach(v -> environment.put(v.path("name").asText(), v));
    environment.remove("DBHUB_API_FORWARDED");
    container.putArray("env").addAll(environment.values());
    pod.findParents("name").forEach(ManifestsTest::withoutHash);
    return pod;
  }

  private static void withoutHash(JsonNode named) {
    String name = named.path("name").asText();
    if (name.startsWith("dbhub-")) {
      ((ObjectNode) named).put("name", HASH.matcher(name).replaceFirst(""));
    }
  }

  private static List<JsonNode> variables(Rendering rendering) {
    List<JsonNode> all = new ArrayList<>();
    rendering
        .deployments()
        .forEach(d -> d.at("/spec/template/spec/containers/0/env").forEach(all::add));
    return all;
  }

  private static List<JsonNode> ownPolicies(Rendering rendering) {
    return rendering
        .of("NetworkPolicy")
        .filter(policy -> policy.at("/metadata/namespace").asText().equals(rendering.own()))
        .toList();
  }

  private static List<String> selected(Rendering rendering, JsonNode selector) {
    return rendering.deployments().stream()
        .filter(deployment -> selects(selector, podLabels(deployment)))
        .map(deployment -> deployment.at("/metadata/name").asText())
        .toList();
  }

  private static boolean selects(JsonNode selector, JsonNode labels) {
    Map<String, String> all = fields(labels);
    boolean selects = all.entrySet().containsAll(fields(selector.path("matchLabels")).entrySet());
    for (JsonNode expression : selector.path("matchExpressions")) {
      assertThat(expression.path("operator").asText()).isEqualTo("In");
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      selects &= values.contains(all.getOrDefault(expression.path("key").asText(), ""));
    }
    return selects;
  }

  private static JsonNode podLabels(JsonNode deployment) {
    return deployment.at("/spec/template/metadata/labels");
  }

  private static List<String> ports(JsonNode deployment) {
    List<String> names = new ArrayList<>();
    deployment
        .at("/spec/template/spec/containers/0/ports")
        .forEach(port -> names.add(port.path("name").asText()));
    return names;
  }

  private static Map<String, String> fields(JsonNode object) {
    Map<String, String> all = new LinkedHashMap<>();
    object.properties().forEach(field -> all.put(field.getKey(), field.getValue().asText()));
    return all;
  }
}
