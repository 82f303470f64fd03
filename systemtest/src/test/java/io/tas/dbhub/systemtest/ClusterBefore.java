package io.tas.dbhub.systemtest;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.Manifests;
import io.tas.dbhub.dev.system.SystemPorts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster in which the operator before this one has run: its CRDs, and databases and an instance
 * with the status and the objects that it made. The control plane then comes up on it and brings
 * its own CRDs: an upgrade in place.
 *
 * @param postgresPort where the PostgreSQL of the tests will listen
 * @param uids of what was left, by name
 */
record ClusterBefore(int postgresPort, Map<String, String> uids) {
  static final String ORDERS = "legacy-orders";
  static final String FILE = "legacy-file";
  static final String INSTANCE = "legacy";

  /** What stood in a status, and must not stay there. */
  static final String LEAKED = Canaries.MARK + "legacy";

  private static final Path CRDS =
      Path.of("..", "activities", "src", "test", "resources", "crds-in-use");

  /** As what brings ours, so that nothing of the definitions before is left in them. */
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("bin-up")
          .withForce(true)
          .build();

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /** Runs the cluster of a system to come for as long as it takes to leave everything in it. */
  static ClusterBefore leave(Program.Installed program, Path directory, SystemPorts ports) {
    int postgresPort = ports.all().free();
    Map<String, String> uids = new HashMap<>();
    try (KubernetesServer server =
            KubernetesServer.start(
                program,
                new KubernetesServer.Settings(
                    directory.resolve("kubernetes"),
                    ports.kubernetes(),
                    ports.all().free(),
                    ports.all().free(),
                    List.of()));
        KubernetesClient kubernetes = Manifests.client(server.adminKubeconfig())) {
      kubernetes
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(ClusterEngine.NAMESPACE)
                  .endMetadata()
                  .build())
          .patch(APPLY);
      for (String plural : List.of("databases", "dbhubinstances")) {
        kubernetes
            .resource(
                Serialization.unmarshal(
                    Files.readString(CRDS.resolve(plural + ".yaml")),
                    CustomResourceDefinition.class))
            .patch(APPLY);
      }
      databases(kubernetes, postgresPort, uids);
      instance(kubernetes, uids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ClusterBefore(postgresPort, Map.copyOf(uids));
  }

  private static void databases(
      KubernetesClient kubernetes, int postgresPort, Map<String, String> uids) {
    uids.put(
        ORDERS,
        make(
            kubernetes,
            """
            apiVersion: dbhub.tas.io/v1alpha1
            kind: Database
            metadata:
              name: legacy-orders
              labels: {team: legacy}
            spec:
              type: postgres
              host: 127.0.0.1
              port: %d
              database: legacy_orders
              credentialsRef: {name: legacy-orders-login}
            """
                .formatted(postgresPort)));
    status(
        kubernetes,
        HandMade.DATABASE,
        ORDERS,
        """
        {"phase": "Failed", "observedGeneration": 1, "lastChecked": "2025-01-02T03:04:05Z",
         "dsn": "postgres://127.0.0.1:5432/legacy_orders?sslmode=disable",
         "message": "Connection failed: cannot parse `postgres://app:%s@127.0.0.1:5432`",
         "conditions": [
          {"type": "Ready", "status": "False", "reason": "Failed",
           "message": "Connection failed: cannot parse `postgres://app:%s@127.0.0.1:5432`",
           "lastTransitionTime": "2025-01-02T03:04:05Z"},
          {"type": "Connected", "status": "False", "reason": "ConnectionFailed",
           "message": "failed to ping database", "lastTransitionTime": "2025-01-02T03:04:05Z"}]}
        """
            .formatted(LEAKED, LEAKED));
    uids.put(
        FILE,
        make(
            kubernetes,
            """
            apiVersion: dbhub.tas.io/v1alpha1
            kind: Database
            metadata:
              name: legacy-file
              labels: {team: legacy}
            spec:
              type: sqlite
              host: localhost
              port: 1
              database: legacy.db
              credentialsRef: {name: legacy-none}
            """));
    status(
        kubernetes,
        HandMade.DATABASE,
        FILE,
        """
        {"phase": "Connected", "observedGeneration": 1, "lastChecked": "2025-01-02T03:04:05Z",
         "dsn": "legacy.db",
         "conditions": [
          {"type": "Ready", "status": "True", "reason": "DatabaseReady",
           "message": "Database is connected and ready",
           "lastTransitionTime": "2025-01-02T03:04:05Z"},
          {"type": "Connected", "status": "True", "reason": "ConnectionSuccessful",
           "message": "Successfully connected to database",
           "lastTransitionTime": "2025-01-02T03:04:05Z"}]}
        """);
  }

  private static void instance(KubernetesClient kubernetes, Map<String, String> uids) {
    String uid =
        make(
            kubernetes,
            """
            apiVersion: dbhub.tas.io/v1alpha1
            kind: DBHubInstance
            metadata: {name: legacy}
            spec:
              transport: sse
              databaseSelector: {matchLabels: {team: legacy}}
              defaultPolicy: {maxRows: 200}
            """);
    uids.put(INSTANCE, uid);
    status(
        kubernetes,
        HandMade.INSTANCE,
        INSTANCE,
        """
        {"phase": "Degraded", "availableReplicas": 0, "connectedDatabases": ["legacy-file"],
         "endpoint": "legacy.%s.svc.cluster.local:8080", "configHash": "0123456789abcdef",
         "lastConfigUpdate": "2025-01-02T03:04:05Z", "observedGeneration": 1,
         "conditions": [
          {"type": "Available", "status": "False", "reason": "Degraded",
           "message": "Some replicas are not available",
           "lastTransitionTime": "2025-01-02T03:04:05Z"}]}
        """
            .formatted(ClusterEngine.NAMESPACE));
    // What it owns: other labels, other names, a login in a URL.
    String owned =
        """
          namespace: %s
          labels: {app.kubernetes.io/name: dbhub, app.kubernetes.io/instance: legacy,
                   app.kubernetes.io/managed-by: dbhub-operator}
          ownerReferences:
            - {apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, name: legacy, uid: %s,
               controller: true, blockOwnerDeletion: true}
        """
            .formatted(ClusterEngine.NAMESPACE, uid);
    String objects =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: legacy-config
        %1$s
        data: {dbhub.toml: "# rendered by another"}
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: legacy-creds
        %1$s
        stringData: {LEGACY_ORDERS_DSN: "postgres://app:%2$s@127.0.0.1:5432/legacy_orders"}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: legacy
        %1$s
        spec:
          selector: {app.kubernetes.io/name: dbhub, app.kubernetes.io/instance: legacy}
          ports:
            - {name: http, port: 8080, targetPort: 8080, protocol: TCP}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: legacy
        %1$s
        spec:
          replicas: 1
          selector:
            matchLabels: {app.kubernetes.io/name: dbhub, app.kubernetes.io/instance: legacy}
          template:
            metadata:
              labels: {app.kubernetes.io/name: dbhub, app.kubernetes.io/instance: legacy}
            spec:
              initContainers:
                - {name: render, image: "example/render:1", envFrom: [{secretRef: {name: legacy-creds}}]}
              containers:
                - {name: dbhub, image: "bytebase/dbhub:latest"}
        """
            .formatted(owned, LEAKED);
    for (HasMetadata object :
        kubernetes
            .load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))
            .items()) {
      kubernetes.resource(object).inNamespace(ClusterEngine.NAMESPACE).create();
    }
  }

  /** Answers its uid. */
  private static String make(KubernetesClient kubernetes, String yaml) {
    GenericKubernetesResource object =
        Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    // The API server learns of the kinds a moment after their definitions.
    return await()
        .atMost(Tenant.PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                kubernetes
                    .genericKubernetesResources(HandMade.context(object.getKind()))
                    .inNamespace(ClusterEngine.NAMESPACE)
                    .resource(object)
                    .create(),
            made -> made != null)
        .getMetadata()
        .getUid();
  }

  private static void status(KubernetesClient kubernetes, String kind, String name, String status) {
    kubernetes
        .genericKubernetesResources(HandMade.context(kind))
        .inNamespace(ClusterEngine.NAMESPACE)
        .withName(name)
        .subresource("status")
        .patch(MERGE, "{\"status\": " + status + "}");
  }
}
