package io.tas.dbhub.dev.system;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.dev.engine.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@code deploy/k8s} holds, applied as an operator would. */
public final class Manifests {
  private static final List<String> CRDS =
      List.of("crds/databases.dbhub.tas.io.yaml", "crds/dbhubinstances.dbhub.tas.io.yaml");
  private static final List<String> OBJECTS =
      List.of("rbac-worker.yaml", "rbac-api.yaml", "instance.yaml");
  private static final Duration ESTABLISHED = Duration.ofSeconds(30);
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("bin-up")
          .withForce(true)
          .build();

  private Manifests() {}

  public static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  /** May be repeated. Returns when the resources can be created. */
  public static void install(KubernetesClient kubernetes) {
    apply(kubernetes, "namespace.yaml");
    CRDS.forEach(file -> apply(kubernetes, file));
    Waiting.until(
        "the custom resources",
        ESTABLISHED,
        () -> served(kubernetes),
        served -> served.containsAll(List.of("databases", "dbhubinstances")));
    OBJECTS.forEach(file -> apply(kubernetes, file));
  }

  /** What the API server lets one create by now: it learns the kinds one after the other. */
  private static List<String> served(KubernetesClient kubernetes) {
    APIResourceList found = kubernetes.getApiResources("dbhub.tas.io/v1alpha1");
    return found == null
        ? List.of()
        : found.getResources().stream().map(APIResource::getName).toList();
  }

  private static void apply(KubernetesClient kubernetes, String file) {
    try (InputStream yaml = Manifests.class.getResourceAsStream("/deploy/k8s/" + file)) {
      List<HasMetadata> objects = kubernetes.load(yaml).items();
      objects.forEach(object -> kubernetes.resource(object).patch(APPLY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy whose default namespace is the one where the connections are. */
  public static void writeKubeconfig(Path from, Path to) {
    try {
      io.fabric8.kubernetes.api.model.Config config =
          Serialization.unmarshal(
              Files.readString(from), io.fabric8.kubernetes.api.model.Config.class);
      config
          .getContexts()
          .forEach(context -> context.getContext().setNamespace(ClusterEngine.NAMESPACE));
      SecretFile.write(to, Serialization.asYaml(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
