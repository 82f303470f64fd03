package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A namespace of its own on the real API server that {@code -Dkubernetes.kubeconfig=…} gives, with
 * our CRDs and with the rights that the worker has in production. Closing deletes it.
 */
public final class RealNamespace implements AutoCloseable {
  private static final Path DEPLOY = Path.of("..", "deploy", "k8s");

  private final KubernetesClient administrator;
  private final KubernetesClient worker;
  private final String name = "test-" + UUID.randomUUID();

  public RealNamespace() throws IOException {
    administrator =
        KubernetesClients.fromKubeconfig(Path.of(System.getProperty("kubernetes.kubeconfig")));
    for (String crd : new String[] {"databases", "dbhubinstances"}) {
      apply(Files.readString(DEPLOY.resolve("crds").resolve(crd + ".dbhub.tas.io.yaml")));
    }
    administrator
        .namespaces()
        .resource(
            Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}",
                Namespace.class))
        .create();
    apply(Files.readString(DEPLOY.resolve("rbac-worker.yaml")).replace("tas-mcp-servers", name));
    worker =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(administrator.getConfiguration())
                    .withImpersonateUsername("system:serviceaccount:" + name + ":dbhub-worker")
                    .build())
            .build();
  }

  private void apply(String manifests) {
    administrator
        .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  public String name() {
    return name;
  }

  public KubernetesClient administrator() {
    return administrator;
  }

  /** With the worker's rights, and no others. */
  public KubernetesClient worker() {
    return worker;
  }

  public void createSecret(String secret, String password) {
    Secret made =
        new SecretBuilder()
            .withNewMetadata()
            .withName(secret)
            .endMetadata()
            .withStringData(Map.of("username", "app", "password", password))
            .build();
    administrator.secrets().inNamespace(name).resource(made).create();
  }

  /** A PostgreSQL that nobody asks. */
  public void createDatabase(String database, String secret) {
    administrator
        .resource(
            Serialization.unmarshal(
                "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: "
                    + database
                    + "}, spec: {type: postgres, host: h, port: 5432, database: d,"
                    + " credentialsRef: {name: "
                    + secret
                    + "}}}",
                DatabaseResource.class))
        .inNamespace(name)
        .create();
  }

  public void deleteDatabase(String database) {
    administrator.resources(DatabaseResource.class).inNamespace(name).withName(database).delete();
  }

  /** Creates an instance whose spec is the inside of a YAML map. */
  public void createInstance(String instance, String spec) {
    administrator
        .resource(
            Serialization.unmarshal(
                "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, metadata: {name: "
                    + instance
                    + "}, spec: {"
                    + spec
                    + "}}",
                DBHubInstance.class))
        .inNamespace(name)
        .create();
  }

  @Override
  public void close() {
    administrator.namespaces().withName(name).delete();
    worker.close();
    administrator.close();
  }
}
