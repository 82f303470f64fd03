package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Objects as a cluster holds them. */
final class WatchedObjects {
  static final String NAMESPACE = "ns";

  private WatchedObjects() {}

  /** Made by hand; its uid is its name, so its monitor is {@code health-<name>}. */
  static DatabaseResource database(String namespace, String name) {
    DatabaseResource database =
        Serialization.unmarshal(
            "{\"apiVersion\":\"dbhub.tas.io/v1alpha1\",\"kind\":\"Database\",\"metadata\":{"
                + "\"generation\":1,\"managedFields\":[{\"manager\":\"kubectl\",\"operation\":"
                + "\"Apply\",\"fieldsV1\":{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:team\":{}}},"
                + "\"f:spec\":{\"f:type\":{},\"f:host\":{},\"f:port\":{},\"f:database\":{},"
                + "\"f:credentialsRef\":{\"f:name\":{}}}}}]},\"spec\":{\"type\":\"postgres\","
                + "\"host\":\"db.example\",\"port\":5432,\"database\":\"d\"}}",
            DatabaseResource.class);
    database.getMetadata().setNamespace(namespace);
    database.getMetadata().setName(name);
    database.getMetadata().setUid(name);
    database.getMetadata().setCreationTimestamp(ago(Duration.ofDays(1)));
    return database;
  }

  /** As {@link #database}, with credentials in the Secret {@code <name>-creds}. */
  static DatabaseResource withSecret(String name) {
    String json =
        Serialization.asJson(database(NAMESPACE, name))
            .replace(
                "\"database\":\"d\"",
                "\"database\":\"d\",\"credentialsRef\":{\"name\":\"" + name + "-creds\"}");
    return Serialization.unmarshal(json, DatabaseResource.class);
  }

  /** The same after a change of its spec. */
  static DatabaseResource changed(DatabaseResource database) {
    DatabaseResource copy =
        Serialization.unmarshal(Serialization.asJson(database), DatabaseResource.class);
    copy.getMetadata().setGeneration(database.getMetadata().getGeneration() + 1);
    return copy;
  }

  static Secret secret(String name, String password) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(name)
        .withCreationTimestamp(ago(Duration.ofDays(1)))
        .endMetadata()
        .withStringData(Map.of("username", "app", "password", password))
        .build();
  }

  static String ago(Duration age) {
    return Instant.now().minus(age).toString();
  }
}
