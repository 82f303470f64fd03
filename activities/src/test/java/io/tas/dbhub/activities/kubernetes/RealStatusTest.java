package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "kubernetes.kubeconfig", matches = ".+")
class RealStatusTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(1800);

  private final List<String> requests = new CopyOnWriteArrayList<>();

  private RealNamespace namespace;
  private KubernetesClient worker;
  private DatabaseStatusWriter statuses;

  @BeforeEach
  void connect() throws Exception {
    namespace = new RealNamespace();
    Interceptor notes =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            requests.add(request.method());
          }
        };
    worker =
        new KubernetesClientBuilder()
            .withConfig(namespace.worker().getConfiguration())
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("notes", notes))
            .build();
    statuses =
        new DatabaseStatusWriter(
            worker, new EventRecorder(namespace.worker(), Clock.systemUTC(), told -> {}));
    namespace.createDatabase("shop", "creds");
    statuses.write(connected(read().getMetadata().getUid(), NOON, false));
    requests.clear();
  }

  @AfterEach
  void tidy() {
    worker.close();
    namespace.close();
  }

  @Test
  void thatNothingChangedIsWrittenWithOneRequest() {
    DatabaseResource before = read();

    statuses.write(connected(before.getMetadata().getUid(), LATER, true));

    assertThat(requests).containsExactly("PATCH");
    assertThat(read().getStatus().lastChecked()).isEqualTo("2026-01-02T12:30:00Z");
    assertThat(read().getStatus().conditions()).isEqualTo(before.getStatus().conditions());
  }

  @Test
  void aStatusThatSomebodyChangedIsWrittenWhole() {
    namespace
        .administrator()
        .resource(read())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Failed\"}}");

    statuses.write(connected(read().getMetadata().getUid(), LATER, true));

    assertThat(read().getStatus().phase()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(read().getStatus().lastChecked()).isEqualTo("2026-01-02T12:30:00Z");
  }

  @Test
  void anotherResourceOfTheNameIsLeftAlone() {
    statuses.write(connected("another", LATER, true));

    assertThat(read().getStatus().lastChecked()).isEqualTo("2026-01-02T12:00:00Z");
  }

  @Test
  void whatIsGoneNeedsNoStatus() {
    String uid = read().getMetadata().getUid();
    namespace.deleteDatabase("shop");

    statuses.write(connected(uid, LATER, true));

    assertThat(requests).containsExactly("PATCH");
  }

  private DatabaseResource read() {
    return namespace
        .administrator()
        .resources(DatabaseResource.class)
        .inNamespace(namespace.name())
        .withName("shop")
        .require();
  }

  private HealthReport connected(String uid, Instant at, boolean unchanged) {
    return new HealthReport(
        new ResourceRef(namespace.name(), "shop"),
        null,
        DatabaseStatus.CONNECTED,
        "",
        1,
        at,
        null,
        "Connected",
        uid,
        null,
        unchanged,
        null,
        null);
  }
}
