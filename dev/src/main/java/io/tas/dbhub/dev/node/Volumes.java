package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the ConfigMaps and Secrets a Pod mounts into its folder, and makes its empty folders. */
final class Volumes {

  /** What the API server adds for the service account; a token for it is of no use here. */
  private static final String SERVICE_ACCOUNT_PREFIX = "kube-api-access-";

  private final KubernetesClient client;

  Volumes(KubernetesClient client) {
    this.client = client;
  }

  /** Where each volume lies, by its name. */
  Map<String, Path> write(Pod pod, Path folder) throws NotYet {
    Map<String, Path> places = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getHostPath() != null) {
        places.put(volume.getName(), Path.of(volume.getHostPath().getPath()));
      } else if (!volume.getName().startsWith(SERVICE_ACCOUNT_PREFIX)) {
        Path place = PrivateFiles.folder(folder.resolve(volume.getName()));
        fill(pod.getMetadata().getNamespace(), volume, place);
        places.put(volume.getName(), place);
      }
    }
    return places;
  }

  static PathMapping mapping(List<VolumeMount> mounts, Map<String, Path> places) {
    PathMapping mapping = new PathMapping();
    for (VolumeMount mount : mounts) {
      Path place = places.get(mount.getName());
      if (place != null) {
        String sub = mount.getSubPath();
        mapping.mount(
            mount.getMountPath(), sub == null || sub.isEmpty() ? place : place.resolve(sub));
      }
    }
    return mapping;
  }

  private void fill(String namespace, Volume volume, Path place) throws NotYet {
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      write(
          configMap(namespace, source.getName(), isTrue(source.getOptional())),
          source.getItems(),
          place);
    } else if (volume.getSecret() != null) {
      var source = volume.getSecret();
      write(
          secret(namespace, source.getSecretName(), isTrue(source.getOptional())),
          source.getItems(),
          place);
    } else if (volume.getProjected() != null) {
      for (VolumeProjection part : volume.getProjected().getSources()) {
        if (part.getConfigMap() != null) {
          var source = part.getConfigMap();
          write(
              configMap(namespace, source.getName(), isTrue(source.getOptional())),
              source.getItems(),
              place);
        } else if (part.getSecret() != null) {
          var source = part.getSecret();
          write(
              secret(namespace, source.getName(), isTrue(source.getOptional())),
              source.getItems(),
              place);
        }
      }
    } else if (volume.getEmptyDir() == null) {
      throw new NotYet(
          "CreateContainerConfigError",
          "volume \"" + volume.getName() + "\" is of a kind this node does not know");
    }
  }

  /** The content of a ConfigMap, empty when it is optional and not there. */
  Map<String, byte[]> configMap(String namespace, String name, boolean optional) throws NotYet {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    Map<String, byte[]> content = new HashMap<>();
    if (map == null) {
      return missing("configmap", name, optional, content);
    }
    map.getData().forEach((key, text) -> content.put(key, text.getBytes(StandardCharsets.UTF_8)));
    map.getBinaryData().forEach((key, text) -> content.put(key, Base64.getDecoder().decode(text)));
    return content;
  }

  /** The content of a Secret, empty when it is optional and not there. */
  Map<String, byte[]> secret(String namespace, String name, boolean optional) throws NotYet {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    Map<String, byte[]> content = new HashMap<>();
    if (secret == null) {
      return missing("secret", name, optional, content);
    }
    secret.getData().forEach((key, text) -> content.put(key, Base64.getDecoder().decode(text)));
    return content;
  }

  private static Map<String, byte[]> missing(
      String kind, String name, boolean optional, Map<String, byte[]> nothing) throws NotYet {
    if (optional) {
      return nothing;
    }
    throw new NotYet("CreateContainerConfigError", kind + " \"" + name + "\" not found");
  }

  private static void write(Map<String, byte[]> content, List<KeyToPath> items, Path place)
      throws NotYet {
    if (items.isEmpty()) {
      content.forEach((key, bytes) -> PrivateFiles.write(place.resolve(key), bytes));
      return;
    }
    for (KeyToPath item : items) {
      byte[] bytes = content.get(item.getKey());
      Path file = place.resolve(item.getPath()).normalize();
      if (bytes == null || !file.startsWith(place)) {
        throw new NotYet(
            "CreateContainerConfigError", "references non-existent key: " + item.getKey());
      }
      PrivateFiles.folder(file.resolveSibling("."));
      PrivateFiles.write(file, bytes);
    }
  }

  static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
