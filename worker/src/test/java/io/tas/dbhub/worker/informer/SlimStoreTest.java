package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlimStoreTest {
  private static final String TIME = "2026-01-02T03:04:05Z";

  @Test
  void noCredentialOfASecretStaysInTheHeap() {
    Secret secret = WatchedObjects.secret("creds", "a password");
    secret.setData(Map.of("password", "YSBwYXNzd29yZA=="));
    secret
        .getMetadata()
        .setManagedFields(
            List.of(
                new ManagedFieldsEntryBuilder()
                    .withTime(TIME)
                    .withFieldsV1(new FieldsV1())
                    .build()));
    SlimStore<Secret> store = SlimStore.ofSecrets();
    store.put(store.getKey(secret), secret);

    Secret kept = Objects.requireNonNull(store.get("ns/creds"));
    assertThat(Serialization.asJson(kept)).doesNotContain("password", "YSBwYXNzd29yZA==");
    assertThat(kept.getMetadata().getManagedFields())
        .extracting(ManagedFieldsEntry::getTime)
        .containsExactly(TIME);
  }

  @Test
  void ofADatabaseAllIsKeptThatSomebodyAsksFor() {
    DatabaseResource database = WatchedObjects.withSecret("kept");
    database
        .getMetadata()
        .setAnnotations(
            new HashMap<>(
                Map.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "{}",
                    "dbhub.tas.io/name",
                    "Kept")));
    database.getMetadata().setLabels(Map.of("team", "a"));
    SlimStore<DatabaseResource> store = SlimStore.ofObjects();
    store.put(store.getKey(database), database);

    DatabaseResource kept = Objects.requireNonNull(store.get("ns/kept"));
    assertThat(kept.getSpec()).isEqualTo(WatchedObjects.withSecret("kept").getSpec());
    assertThat(kept.getMetadata().getLabels()).containsOnlyKeys("team");
    assertThat(kept.getMetadata().getAnnotations()).containsOnlyKeys("dbhub.tas.io/name");
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
  }
}
