package io.tas.dbhub.systemtest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Provokes what the troubleshooting guide tells of, and compares it with what is really told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(RealSystem.class)
class TroubleshootingTest {
  private static final String OTHER = "default";
  private static final String TENANTS = "dbhub.tas.io/tenants";

  /**
   * A failure that was brought about.
   *
   * @param values what the guide's placeholders stand for here
   * @param told everything that is told of it now
   */
  private record Provoked(Map<String, String> values, Supplier<List<String>> told) {}

  private final TestSystem system;
  private final Tenant tenant;
  private final HandMade team;
  private final Guide guide = new Guide();
  private final Map<String, Provoked> provoked = new HashMap<>();
  private final HangingTargets silent = new HangingTargets(new byte[0]);

  /** PostgreSQL's "no" to the question for TLS. */
  private final HangingTargets withoutTls = new HangingTargets(new byte[] {'N'});

  private Optional<String> tenantsBefore = Optional.empty();
  private String taken = "";

  TroubleshootingTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.team = new HandMade(system, "trouble");
  }

  /** All at once: each takes a moment to be noticed. */
  @BeforeAll
  void provoke() {
    secrets();
    targets();
    findings();
    refusals();
    instances();
    adoptions();
  }

  @AfterAll
  void tidy() {
    team.close();
    allowTenants(tenantsBefore.map(tenants -> "\"" + tenants + "\"").orElse("null"));
    if (!taken.isEmpty()) {
      tenant.delete(taken);
    }
    system
        .kubernetes()
        .configMaps()
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(team.name("taken-config"))
        .delete();
    silent.close();
    withoutTls.close();
  }

  List<String> failures() {
    return guide.failures();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatTheGuideQuotesIsWhatIsTold(String failure) {
    Provoked brought = provoked.get(failure);
    assertThat(brought).as("somebody provokes " + failure).isNotNull();
    await(failure)
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              List<String> told = brought.told().get();
              assertThat(guide.untold(failure, brought.values(), told))
                  .as("told is " + told)
                  .isEmpty();
            });
  }

  @Test
  void whyPrintsTheConditionsAndDescribeTheEvents() {
    String name = team.name("port-refused");
    await()
        .atMost(Tenant.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(system.kubectl().run("get", "database", name, "-o", guide.why()).lines())
                  .containsExactlyElementsOf(conditions(HandMade.DATABASE, "port-refused"))
                  .anyMatch(line -> line.startsWith("Ready=False ConnectionFailed"));
              String described = system.kubectl().run("describe", "database", name);
              assertThat(described.substring(described.indexOf("\nEvents:")))
                  .contains("ConnectionFailed", "Nothing takes connections");
            });
  }

  @Test
  void whatIsProvokedIsInTheGuide() {
    assertThat(guide.failures())
        .containsExactlyInAnyOrderElementsOf(provoked.keySet())
        .hasSizeGreaterThanOrEqualTo(12);
  }

  private void secrets() {
    Map<String, Object> request = tenant.postgres("secrets");
    database(
        "secret-missing",
        request,
        Map.of("credentialsRef", Map.of("name", "trouble-nowhere")),
        Map.of("secret", "trouble-nowhere"));
    database(
        "secret-key-missing",
        request,
        Map.of(
            "credentialsRef",
            Map.of("name", team.name("secret-key-missing"), "passwordKey", "pass")),
        Map.of("secret", team.name("secret-key-missing"), "key", "pass"));
    database(
        "secret-not-allowed",
        request,
        Map.of("credentialsRef", Map.of("name", "somebodys", "namespace", OTHER)),
        Map.of("secret", "somebodys", "namespace", OTHER));
    String dbhubs = ClusterEngine.INSTANCE + "-credentials";
    database(
        "secret-of-another",
        request,
        Map.of("credentialsRef", Map.of("name", dbhubs)),
        Map.of("secret", dbhubs));
    database(
        "password-wrong", Tenant.with(request, Map.of("password", Canaries.password())), Map.of());
  }

  private void targets() {
    Map<String, Object> request = tenant.postgres("targets");
    database("host-unknown", request, Map.of("host", "nowhere.invalid"));
    database("port-refused", request, Map.of("port", new Ports().free()));
    database("target-silent", request, Map.of("port", silent.port(), "connectionTimeout", 2));
    database("database-unknown", request, Map.of("database", "no_such_database"));
    database("tls-not-offered", request, Map.of("port", withoutTls.port(), "sslMode", "require"));
    database("certificate-untrusted", request, Map.of("sslMode", "verify-full"));
    database("address-forbidden", request, Map.of("host", "169.254.169.254"));
    team.apply(
        HandMade.DATABASE,
        "file-missing",
        Map.of("type", "sqlite", "database", tenant.id() + "/none.db"));
    provoked.put(
        "file-missing",
        new Provoked(
            Map.of("file", "none.db"), () -> conditions(HandMade.DATABASE, "file-missing")));
  }

  private void findings() {
    // The login owns the database.
    database("login-may-write", tenant.postgres("may_write"), Map.of());
  }

  private void refusals() {
    provoked.put(
        "type-changed",
        new Provoked(
            Map.of(),
            () ->
                refused(
                    () ->
                        team.patch(
                            HandMade.DATABASE,
                            "port-refused",
                            "{\"spec\":{\"type\":\"mysql\"}}"))));
    provoked.put(
        "host-missing",
        new Provoked(
            Map.of(),
            () ->
                refused(
                    () ->
                        team.apply(
                            HandMade.DATABASE,
                            "host-missing",
                            Map.of("type", "postgres", "database", "d")))));
  }

  private void instances() {
    Map<String, Object> nothing =
        Map.of("databaseSelector", Map.of("matchLabels", Map.of("team", "nobody")));
    instance("nothing-selected", nothing, Map.of());
    instance(
        "image-unknown",
        Tenant.with(nothing, Map.of("image", "registry.invalid/dbhub:0")),
        Map.of("replicas", "1"));
    instance(
        "render-refused",
        Tenant.with(
            nothing,
            Map.of(
                "resources", Map.of("requests", Map.of("cpu", "2"), "limits", Map.of("cpu", "1")))),
        Map.of("instance", team.name("render-refused")));
    instance(
        "database-left-out",
        Map.of("databaseSelector", Map.of("matchNames", List.of(team.name("secret-missing")))),
        Map.of("database", team.name("secret-missing"), "secret", "trouble-nowhere"));
    system
        .kubernetes()
        .configMaps()
        .inNamespace(ClusterEngine.NAMESPACE)
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(team.name("taken-config"))
                .endMetadata()
                .build())
        .serverSideApply();
    team.apply(HandMade.INSTANCE, "taken", nothing);
    provoked.put(
        "object-taken",
        new Provoked(
            Map.of("object", team.name("taken-config")),
            () -> conditions(HandMade.INSTANCE, "taken")));
  }

  private void adoptions() {
    // Of two tenants the Namespace allows one.
    tenantsBefore =
        Optional.ofNullable(
                system
                    .kubernetes()
                    .namespaces()
                    .withName(ClusterEngine.NAMESPACE)
                    .require()
                    .getMetadata()
                    .getAnnotations())
            .map(annotations -> annotations.get(TENANTS));
    allowTenants("\"" + tenant.id() + "\"");
    Tenant stranger = system.newTenant();
    adopted("tenant-not-allowed", stranger, "strange");
    provoked.put(
        "tenant-not-allowed",
        new Provoked(
            Map.of("namespace", ClusterEngine.NAMESPACE, "tenant", stranger.id()),
            () -> conditions(HandMade.DATABASE, "tenant-not-allowed")));
    taken = tenant.create(tenant.sqlite("taken"));
    tenant.awaitConnected(taken);
    adopted("name-taken", tenant, "taken");
    provoked.put(
        "name-taken",
        new Provoked(
            Map.ofEntries(
                entry("tenant", tenant.id()),
                entry("space", tenant.space()),
                entry("name", "taken")),
            () -> conditions(HandMade.DATABASE, "name-taken")));
  }

  private void adopted(String what, Tenant of, String name) {
    team.apply(
        HandMade.DATABASE,
        what,
        Map.of("type", "sqlite", "database", of.id() + "/" + of.sqlite("adopted").get("database")));
    team.patch(
        HandMade.DATABASE,
        what,
        """
        {"metadata": {"labels": {"%s": "%s", "%s": "%s"}, "annotations": {"%s": "%s"}}}
        """
            .formatted(
                Kubernetes.TENANT,
                of.id(),
                Kubernetes.SPACE,
                of.space(),
                Kubernetes.DISPLAY_NAME,
                name));
  }

  /**
   * @param tenants in JSON; null for no annotation
   */
  private void allowTenants(String tenants) {
    system
        .kubernetes()
        .namespaces()
        .withName(ClusterEngine.NAMESPACE)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"" + TENANTS + "\":" + tenants + "}}}");
  }

  private void database(String failure, Map<String, Object> request, Map<String, Object> others) {
    Map<String, Object> spec = Tenant.with(request, others);
    database(
        failure,
        request,
        others,
        Map.of(
            "host",
            spec.get("host").toString(),
            "port",
            spec.get("port").toString(),
            "database",
            spec.get("database").toString()));
  }

  private void database(
      String failure,
      Map<String, Object> request,
      Map<String, Object> others,
      Map<String, String> values) {
    team.database(failure, request, others);
    provoked.put(failure, new Provoked(values, () -> conditions(HandMade.DATABASE, failure)));
  }

  private void instance(String failure, Map<String, Object> spec, Map<String, String> values) {
    team.apply(HandMade.INSTANCE, failure, spec);
    provoked.put(failure, new Provoked(values, () -> conditions(HandMade.INSTANCE, failure)));
  }

  /** As the guide's {@code why} prints them. */
  private List<String> conditions(String kind, String what) {
    List<String> lines = new ArrayList<>();
    for (JsonNode condition : team.read(kind, what).at("/status/conditions")) {
      lines.add(
          "%s=%s %s: %s"
              .formatted(
                  condition.path("type").asText(),
                  condition.path("status").asText(),
                  condition.path("reason").asText(),
                  condition.path("message").asText()));
    }
    return lines;
  }

  private static List<String> refused(Runnable change) {
    try {
      change.run();
      return List.of("accepted");
    } catch (KubernetesClientException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
