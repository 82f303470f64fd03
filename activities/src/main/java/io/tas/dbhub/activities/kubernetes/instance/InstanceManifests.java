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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects around the pods of one server: ConfigMap, Secret and Service. Pure. */
final class InstanceManifests {
  static final String CONFIG_FILE = "dbhub.toml";
  static final String HTTP = "http";

  /** In the ConfigMap: the names of the Databases that the server has, one per line. */
  private static final String DATABASES = "databases";

  private final Server server;
  private final DBHubInstance instance;

  InstanceManifests(Server server) {
    this.server = server;
    this.instance = server.instance();
  }

  ConfigMap configMap(RenderedServer rendered) {
    return new ConfigMapBuilder()
        .withMetadata(metadata(server.configMapName()))
        .withData(
            Map.of(
                CONFIG_FILE, rendered.toml(), DATABASES, String.join("\n", rendered.databases())))
        .build();
  }

  /** The databases that a server has, as its ConfigMap says. */
  static List<String> databases(ConfigMap configMap) {
    Map<String, String> data = configMap.getData();
    String names = data == null ? null : data.get(DATABASES);
    return names == null ? List.of() : names.lines().filter(name -> !name.isBlank()).toList();
  }

  Secret secret(RenderedServer rendered) {
    Map<String, String> data = new TreeMap<>();
    rendered
        .environment()
        .forEach(
            (variable, value) ->
                data.put(
                    variable,
                    Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder()
        .withMetadata(metadata(server.secretName()))
        .withType("Opaque")
        .withData(data)
        .build();
  }

  Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata(server.name()))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(server.podLabels())
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
        .withLabels(server.labels())
        .withOwnerReferences(owner())
        .build();
  }

  private List<OwnerReference> owner() {
    return List.of(
        new OwnerReferenceBuilder()
            .withApiVersion(instance.getApiVersion())
            .withKind(instance.getKind())
            .withName(instance.getMetadata().getName())
            .withUid(instance.getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(true)
            .build());
  }
}
