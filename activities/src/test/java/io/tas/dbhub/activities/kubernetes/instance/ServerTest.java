package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  @Test
  void theFirstServerIsCalledLikeTheInstanceAndTheOthersAreNumbered() {
    DBHubInstance instance = Worlds.instance("replicas: 1");

    assertThat(Server.first(instance).name()).isEqualTo("main");
    assertThat(Server.first(instance).configMapName()).isEqualTo("main-config");
    assertThat(new Server(instance, 12).name()).isEqualTo("main-12");
    assertThat(new Server(instance, 12).secretName()).isEqualTo("main-12-credentials");
    assertThat(new Server(instance, 12).labels())
        .containsEntry(Kubernetes.SERVER, "12")
        .containsEntry(Kubernetes.INSTANCE, "main")
        .containsAllEntriesOf(new Server(instance, 12).podLabels());
  }

  @Test
  void aLongNameIsCutToWhatAServiceMayHaveAndStaysDifferent() {
    String begin = "a".repeat(61);
    Server one = new Server(named(begin + "xx"), 1);
    Server other = new Server(named(begin + "xy"), 1);

    assertThat(one.name()).hasSizeLessThanOrEqualTo(63).endsWith("-1");
    assertThat(other.name()).hasSizeLessThanOrEqualTo(63).isNotEqualTo(one.name());
    assertThat(new Server(named(begin + "xx"), 123_456).name()).hasSizeLessThanOrEqualTo(63);
    assertThat(new Server(named(begin), 1).name()).isEqualTo(begin + "-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "01", "x", "1 ", "99999999999"})
  void whatIsNoNumberIsNone(String label) {
    assertThat(Server.numberOf(labelled(label))).isEmpty();
  }

  @Test
  void theNumberIsOnTheObject() {
    assertThat(Server.numberOf(labelled("0"))).isEqualTo(OptionalInt.of(0));
    assertThat(Server.numberOf(labelled("17"))).isEqualTo(OptionalInt.of(17));
    assertThat(Server.numberOf(new ConfigMapBuilder().withNewMetadata().endMetadata().build()))
        .isEmpty();
  }

  private static ConfigMap labelled(String number) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .addToLabels(Kubernetes.SERVER, number)
        .endMetadata()
        .build();
  }

  private static DBHubInstance named(String name) {
    DBHubInstance instance = Worlds.instance("replicas: 1");
    instance.getMetadata().setName(name);
    return instance;
  }
}
