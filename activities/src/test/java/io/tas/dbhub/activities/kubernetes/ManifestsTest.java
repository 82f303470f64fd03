package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.ManifestReading;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ManifestsTest {
  private static final String POSTGRES =
      "{type: postgres, host: db.example, port: 5432, database: orders, credentialsRef: {name:"
          + " creds}}";
  private static final Map<String, String> OF_ACME =
      Map.of(Kubernetes.TENANT, "acme", Kubernetes.SPACE, "sales", "team", "blue");

  KubernetesClient kubernetes;

  private final ManagedDatabases managed = new ManagedDatabases("tas-mcp-servers");
  private final ManifestClaims claims = new ManifestClaims(managed);

  @Test
  void whatIsSaidBecomesWhatTheNodeSays() {
    allow("acme");
    DatabaseResource made = make(POSTGRES, OF_ACME, Map.of(Kubernetes.DISPLAY_NAME, "The orders"));

    AdoptDatabase wanted = read().wanted();

    assertThat(wanted).isNotNull();
    DatabaseDefinition definition = wanted.definition();
    assertThat(definition.id()).isEqualTo(made.getMetadata().getUid());
    assertThat(definition.scope()).isEqualTo(new Scope("acme", "sales"));
    assertThat(definition.name()).isEqualTo("The orders");
    assertThat(definition.labels())
        .as("without those with a meaning")
        .isEqualTo(Map.of("team", "blue"));
    assertThat(wanted.secret()).isEqualTo(new ResourceRef("shop", "creds"));
    assertThat(wanted.resource()).isEqualTo(new ResourceRef("shop", "orders"));
  }

  @Test
  void withoutADisplayNameItIsCalledAsTheResource() {
    allow("*");
    make(POSTGRES, OF_ACME, Map.of());

    assertThat(read().wanted().definition().name()).isEqualTo("orders");
  }

  @Test
  void aTenantThatTheNamespaceDoesNotNameIsRefusedWithTheCure() {
    allow("other");
    make(POSTGRES, OF_ACME, Map.of());

    AdoptionResult refusal = read().refusal();

    assertThat(refusal.reason()).isEqualTo("TenantNotAllowed");
    assertThat(refusal.message())
        .contains("kubectl annotate --overwrite namespace shop dbhub.tas.io/tenants=other,acme");
  }

  @Test
  void whatAsksForNothingIsNeitherWantedNorRefused() {
    allow("*");
    make(POSTGRES, Map.of(Kubernetes.TENANT, "acme"), Map.of());

    assertThat(read()).isEqualTo(new ManifestReading(null, null));
  }

  @Test
  void aFileIsTheTenantsOwnOrRefused() {
    allow("*");
    make("{type: sqlite, database: acme/orders.db}", OF_ACME, Map.of());
    assertThat(read().wanted().definition().target().database()).isEqualTo("orders.db");
    assertThat(read().wanted().secret()).isEqualTo(new ResourceRef("", ""));

    kubernetes.resources(DatabaseResource.class).inNamespace("shop").withName("orders").delete();
    make("{type: sqlite, database: globex/orders.db}", OF_ACME, Map.of());
    assertThat(read().refusal().reason()).isEqualTo("FileOutsideTenant");

    kubernetes.resources(DatabaseResource.class).inNamespace("shop").withName("orders").delete();
    make("{type: sqlite, database: acme/../globex/orders.db}", OF_ACME, Map.of());
    assertThat(read().refusal()).isNotNull();
  }

  @Test
  void whatRestWouldRefuseIsRefusedWithEveryViolation() {
    allow("*");
    make(POSTGRES, OF_ACME, Map.of(Kubernetes.DISPLAY_NAME, "a\u202eb", Kubernetes.COLOR, "!"));

    AdoptionResult refusal = read().refusal();

    assertThat(refusal.reason()).isEqualTo("Invalid");
    assertThat(refusal.message()).contains("name has only printable characters", "color");
  }

  @Test
  void aCopyOfWhatTheControlPlaneMadeAsksForNothing() {
    Map<String, String> copied = new HashMap<>(OF_ACME);
    copied.put(Kubernetes.MANAGED_BY, Kubernetes.MANAGER);
    copied.put(Kubernetes.DATABASE_ID, "01234567-89ab-cdef-0123-456789abcdef");

    assertThat(claims.database(make(POSTGRES, copied, Map.of()))).isEmpty();
  }

  @Test
  void aClaimChangesWithWhatTheNodeWouldSayAndWithNothingElse() {
    DatabaseResource made = make(POSTGRES, OF_ACME, Map.of());
    String before = fingerprint(made);

    made.getMetadata().setAnnotations(Map.of("somebody", "else"));
    made.getMetadata().setResourceVersion("77");
    assertThat(fingerprint(made)).isEqualTo(before);
    made.getMetadata().setAnnotations(Map.of(Kubernetes.DISPLAY_NAME, "Orders"));
    assertThat(fingerprint(made)).isNotEqualTo(before);
  }

  private String fingerprint(DatabaseResource resource) {
    return claims.claim(resource).orElseThrow().fingerprint();
  }

  private ManifestReading read() {
    return new KubernetesManifests(kubernetes, managed)
        .readManifest(new ResourceRef("shop", "orders"));
  }

  private void allow(String tenants) {
    kubernetes
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("shop")
                .withAnnotations(Map.of(Kubernetes.TENANTS, tenants))
                .endMetadata()
                .build())
        .create();
  }

  private DatabaseResource make(
      String spec, Map<String, String> labels, Map<String, String> annotations) {
    DatabaseResource resource =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: orders},"
                + " spec: "
                + spec
                + "}",
            DatabaseResource.class);
    resource.getMetadata().setLabels(labels);
    resource.getMetadata().setAnnotations(annotations);
    return kubernetes.resource(resource).inNamespace("shop").create();
  }
}
