package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of a container: its image's, {@code envFrom}, {@code env} and where their values
 * come from.
 */
final class ContainerEnvironment {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([-._a-zA-Z0-9]+)\\)");
  private static final Pattern MAP_ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

  private final Volumes volumes;

  ContainerEnvironment(Volumes volumes) {
    this.volumes = volumes;
  }

  Map<String, String> of(Pod pod, Container container, ContainerImage image, String podIp)
      throws NotYet {
    String namespace = pod.getMetadata().getNamespace();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOSTNAME", pod.getMetadata().getName());
    image
        .environment()
        .forEach((name, value) -> environment.put(name, expand(value, Map.of("POD_IP", podIp))));
    for (EnvFromSource source : container.getEnvFrom()) {
      String prefix = source.getPrefix() == null ? "" : source.getPrefix();
      if (source.getConfigMapRef() != null) {
        var ref = source.getConfigMapRef();
        volumes
            .configMap(namespace, ref.getName(), Volumes.isTrue(ref.getOptional()))
            .forEach((key, value) -> environment.put(prefix + key, text(value)));
      }
      if (source.getSecretRef() != null) {
        var ref = source.getSecretRef();
        volumes
            .secret(namespace, ref.getName(), Volumes.isTrue(ref.getOptional()))
            .forEach((key, value) -> environment.put(prefix + key, text(value)));
      }
    }
    for (EnvVar variable : container.getEnv()) {
      if (variable.getValueFrom() == null) {
        String value = variable.getValue() == null ? "" : variable.getValue();
        environment.put(variable.getName(), expand(value, environment));
      } else {
        valueFrom(pod, variable.getValueFrom(), podIp)
            .ifPresent(value -> environment.put(variable.getName(), value));
      }
    }
    return environment;
  }

  /**
   * Replaces {@code $(NAME)} by the variable's value; an unknown one stays, and {@code $$} is a
   * dollar.
   */
  static String expand(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1);
              String value = name == null ? "$" : environment.getOrDefault(name, match.group());
              return Matcher.quoteReplacement(value);
            });
  }

  private Optional<String> valueFrom(Pod pod, EnvVarSource source, String podIp) throws NotYet {
    String namespace = pod.getMetadata().getNamespace();
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      boolean optional = Volumes.isTrue(ref.getOptional());
      return key(volumes.secret(namespace, ref.getName(), optional), ref.getKey(), optional);
    }
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      boolean optional = Volumes.isTrue(ref.getOptional());
      return key(volumes.configMap(namespace, ref.getName(), optional), ref.getKey(), optional);
    }
    if (source.getFieldRef() != null) {
      return field(pod, source.getFieldRef().getFieldPath(), podIp);
    }
    // What is left asks for resource limits, which a process does not have.
    return Optional.empty();
  }

  private static Optional<String> key(Map<String, byte[]> content, String key, boolean optional)
      throws NotYet {
    byte[] value = content.get(key);
    if (value != null) {
      return Optional.of(text(value));
    }
    if (optional) {
      return Optional.empty();
    }
    throw new NotYet("CreateContainerConfigError", "couldn't find key " + key);
  }

  private static Optional<String> field(Pod pod, String path, String podIp) throws NotYet {
    Matcher entry = MAP_ENTRY.matcher(path);
    if (entry.matches()) {
      Map<String, String> map =
          entry.group(1).equals("labels")
              ? pod.getMetadata().getLabels()
              : pod.getMetadata().getAnnotations();
      return Optional.of(map.getOrDefault(entry.group(2), ""));
    }
    return switch (path) {
      case "metadata.name" -> Optional.of(pod.getMetadata().getName());
      case "metadata.namespace" -> Optional.of(pod.getMetadata().getNamespace());
      case "metadata.uid" -> Optional.of(pod.getMetadata().getUid());
      case "status.podIP", "status.podIPs" -> Optional.of(podIp);
      case "status.hostIP", "status.hostIPs" -> Optional.of("127.0.0.1");
      case "spec.nodeName" -> Optional.of(pod.getSpec().getNodeName());
      case "spec.serviceAccountName" -> Optional.ofNullable(pod.getSpec().getServiceAccountName());
      default -> throw new NotYet("CreateContainerConfigError", "unsupported fieldPath: " + path);
    };
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
