package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.names.Kubernetes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects around the pods: ConfigMap, Secret and Service. Pure. */
final class InstanceManifests {
  static final String CONFIG_FILE = "dbhub.toml";
  static final String HTTP = "http";

  private final DBHubInstance instance;

  InstanceManifests(DBHubInstance instance) {
    this.instance = instance;
  }

  ConfigMap configMap(RenderedInstance rendered) {
    return new ConfigMapBuilder()
        .withMetadata(metadata(configMapName(instance)))
        .withData(Map.of(CONFIG_FILE, rendered.toml()))
        .build();
  }

  Secret secret(RenderedInstance rendered) {
    Map<String, String> data = new TreeMap<>();
    rendered
        .environment()
        .forEach(
            (variable, value) ->
                data.put(
                    variable,
                    Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder()
        .withMetadata(metadata(secretName(instance)))
        .withType("Opaque")
        .withData(data)
        .build();
  }

  Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata(name(instance)))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(podLabels(instance))
        .addNewPort()
        .withName(HTTP)
        .withProtocol("TCP")
        .withPort(instance.settings().port())
        .withNewTargetPort(HTTP)
        .endPort()
        .endSpec()
        .build();
  }

  ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(instance.getMetadata().getNamespace())
        .withLabels(labels(instance))
        .withOwnerReferences(owner())
        .build();
  }

  private List<OwnerReference> owner() {
    return List.of(
        new OwnerReferenceBuilder()
            .withApiVersion(instance.getApiVersion())
            .withKind(instance.getKind())
            .withName(name(instance))
            .withUid(instance.getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(true)
            .build());
  }

  static String name(DBHubInstance instance) {
    return instance.getMetadata().getName();
  }

  static String configMapName(DBHubInstance instance) {
    return name(instance) + "-config";
  }

  static String secretName(DBHubInstance instance) {
    return name(instance) + "-credentials";
  }

  /** What tells the pods of one server from all others. */
  static Map<String, String> podLabels(DBHubInstance instance) {
    return new TreeMap<>(Map.of(Kubernetes.INSTANCE, name(instance), Kubernetes.SERVER, "0"));
  }

  static Map<String, String> labels(DBHubInstance instance) {
    Map<String, String> labels = new TreeMap<>(podLabels(instance));
    labels.put("app.kubernetes.io/name", "dbhub");
    labels.put(Kubernetes.MANAGED_BY, Kubernetes.MANAGER);
    return labels;
  }
}
