package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads everything that the other tests have left behind, and finds no password in it. */
@Order(Integer.MAX_VALUE)
@ExtendWith(RealSystem.class)
class NothingLeaksTest {
  private final TestSystem system;
  private final Leaks leaks;
  private final List<String> found = new ArrayList<>();

  NothingLeaksTest(TestSystem system) {
    this.system = system;
    List<String> secrets = new ArrayList<>(system.secrets());
    secrets.add(Canaries.MARK);
    this.leaks = new Leaks(secrets);
  }

  @Test
  void noHistoryHoldsAPassword() {
    List<Histories.Recorded> all = Histories.all(system);
    for (Histories.Recorded recorded : all) {
      for (HistoryEvent event : recorded.history().getEvents()) {
        // The bytes of the message hold every payload as it is.
        leaks.look(recorded + ", event " + event.getEventId(), event.toByteArray(), found);
      }
    }
    assertThat(all).isNotEmpty();
    assertThat(found).isEmpty();
  }

  @Test
  void noLogHoldsAPassword() throws IOException {
    List<Path> logs = logs(TestSystem.TARGET);
    lookInto(logs);
    assertThat(logs.stream().map(log -> log.getFileName().toString()))
        .contains("api.log", "worker.log", "temporal.log", "kube-apiserver.log", "neo4j.log")
        .anyMatch(name -> name.contains("dbhub"));
    assertThat(found).isEmpty();
  }

  @Test
  void noAnswerOfTheApiHoldsAPassword() {
    List<String> answers = system.transcript();
    answers.forEach(answer -> leaks.look(answer.lines().findFirst().orElse(""), answer, found));
    assertThat(answers).isNotEmpty();
    assertThat(found).isEmpty();
  }

  @Test
  void noObjectInKubernetesHoldsAPasswordButInASecretsData() {
    KubernetesClient kubernetes = system.kubernetes();
    List<KubernetesResourceList<? extends HasMetadata>> lists =
        List.of(
            kubernetes.resources(DatabaseResource.class).inAnyNamespace().list(),
            kubernetes.resources(DBHubInstance.class).inAnyNamespace().list(),
            kubernetes.configMaps().inAnyNamespace().list(),
            kubernetes.services().inAnyNamespace().list(),
            kubernetes.pods().inAnyNamespace().list(),
            kubernetes.apps().deployments().inAnyNamespace().list(),
            kubernetes.apps().replicaSets().inAnyNamespace().list(),
            kubernetes.v1().events().inAnyNamespace().list(),
            kubernetes.secrets().inAnyNamespace().list());
    for (KubernetesResourceList<? extends HasMetadata> list : lists) {
      for (HasMetadata object : list.getItems()) {
        if (object instanceof Secret secret) {
          secret.setData(Map.of());
        }
        leaks.look(
            object.getKind() + " " + object.getMetadata().getName(),
            Serialization.asJson(object),
            found);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void nothingInTheInventoryHoldsAPassword() {
    system
        .neo4j()
        .executableQuery(
            "MATCH (n) RETURN labels(n)[0] AS what, properties(n) AS properties"
                + " UNION ALL MATCH ()-[r]->() RETURN type(r) AS what, properties(r) AS properties")
        .execute()
        .records()
        .forEach(
            row ->
                leaks.look(
                    "inventory: " + row.get("what").asString(),
                    row.get("properties").asMap().toString(),
                    found));
    assertThat(found).isEmpty();
  }

  static Stream<String> waysToLeak() throws IOException {
    String password = Canaries.password();
    String json = new ObjectMapper().writeValueAsString(Map.of("password", password));
    return Stream.of(
        password,
        URLEncoder.encode(password, UTF_8),
        json,
        Base64.getEncoder().encodeToString(password.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(("u:" + password).getBytes(UTF_8)),
        Base64.getUrlEncoder().encodeToString(json.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(("ab" + json).getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("waysToLeak")
  void aPasswordInALogWouldBeFound(String leaked, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("worker.log"), "INFO connecting " + leaked + " now\n");
    lookInto(logs(folder));
    assertThat(found).hasSize(1);
  }

  @Test
  void anEnginesPasswordInALogWouldBeFound(@TempDir Path folder) throws IOException {
    for (String secret : system.secrets()) {
      Files.writeString(
          folder.resolve("worker.log"),
          Base64.getEncoder().encodeToString(("x" + secret + "yz").getBytes(UTF_8)));
      lookInto(logs(folder));
    }
    assertThat(found).hasSameSizeAs(system.secrets());
  }

  private void lookInto(List<Path> logs) throws IOException {
    for (Path log : logs) {
      leaks.look(log.toString(), Files.readAllBytes(log), found);
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(NothingLeaksTest::log).toList();
    }
  }

  /** By its name, or by the folder it is in. */
  private static boolean log(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".log")
        || name.contains(".log.")
        || file.getParent().getFileName().toString().equals("logs");
  }
}
