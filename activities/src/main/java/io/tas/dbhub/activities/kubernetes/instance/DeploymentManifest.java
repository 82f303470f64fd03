package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstanceSpec;
import io.tas.dbhub.activities.kubernetes.crd.Resources;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pods of one DBHub server. Pure. */
final class DeploymentManifest {
  private static final String CONFIG_DIRECTORY = "/etc/dbhub";
  private static final String CONFIG_VOLUME = "config";
  private static final String SQLITE_VOLUME = "sqlite";
  private static final String SCRATCH_VOLUME = "tmp";

  /** The user {@code node} of the image; the image itself would run as root. */
  private static final long USER = 1000;

  private final Server server;
  private final DBHubInstanceSpec spec;
  private final String defaultImage;
  private final Optional<SqliteVolume> sqlite;

  DeploymentManifest(Server server, String defaultImage, Optional<SqliteVolume> sqlite) {
    this.server = server;
    this.spec = server.instance().settings();
    this.defaultImage = defaultImage;
    this.sqlite = sqlite;
  }

  /**
   * @param rendered its hash changes the pods' template, and so rolls them
   * @param hosts by which clients name the server; DBHub refuses the others
   * @throws io.temporal.failure.ApplicationFailure where the spec holds what no Deployment can
   */
  Deployment deployment(RenderedServer rendered, Set<String> hosts) {
    return new DeploymentBuilder()
        .withMetadata(new InstanceManifests(server).metadata(server.name()))
        .withNewSpec()
        .withReplicas(spec.replicas())
        .withRevisionHistoryLimit(3)
        .withNewSelector()
        .withMatchLabels(server.podLabels())
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge(1)
        .endRollingUpdate()
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(server.labels())
        .withAnnotations(Map.of(Kubernetes.CONFIG_HASH, rendered.configHash()))
        .endMetadata()
        .withSpec(pod(hosts, rendered.writesFiles()))
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod(Set<String> hosts, boolean writesFiles) {
    return new PodSpecBuilder()
        .withAutomountServiceAccountToken(false)
        .withServiceAccountName(spec.serviceAccountName())
        .withNodeSelector(spec.nodeSelector())
        .withTolerations(spec.tolerations())
        .withAffinity(affinity())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(hosts, writesFiles))
        .withVolumes(volumes())
        .build();
  }

  private @Nullable Affinity affinity() {
    if (spec.affinity() == null) {
      return null;
    }
    try {
      return Serialization.unmarshal(Serialization.asJson(spec.affinity()), Affinity.class);
    } catch (KubernetesClientException e) {
      throw Failures.of(
          FailureType.KUBERNETES_REFUSED, "spec.affinity holds what no affinity can hold");
    }
  }

  private Container container(Set<String> hosts, boolean writesFiles) {
    return new ContainerBuilder()
        .withName("dbhub")
        .withImage(Optional.ofNullable(spec.image()).orElse(defaultImage))
        .withImagePullPolicy(spec.imagePullPolicy())
        .withArgs(
            "--transport",
            "http",
            "--port",
            String.valueOf(spec.port()),
            "--config",
            CONFIG_DIRECTORY + "/" + InstanceManifests.CONFIG_FILE)
        .addNewPort()
        .withName(InstanceManifests.HTTP)
        .withProtocol("TCP")
        .withContainerPort(spec.port())
        .endPort()
        .withEnv(environment(hosts))
        .addNewEnvFrom()
        .withNewSecretRef()
        .withName(server.secretName())
        .endSecretRef()
        .endEnvFrom()
        .withResources(resources())
        .withReadinessProbe(healthy(2, 3))
        .withLivenessProbe(healthy(20, 3))
        .withSecurityContext(locked())
        .withVolumeMounts(mounts(writesFiles))
        .build();
  }

  private static List<EnvVar> environment(Set<String> hosts) {
    return List.of(
        new EnvVarBuilder()
            .withName("DBHUB_ALLOWED_HOSTS")
            .withValue(String.join(",", hosts))
            .build());
  }

  private ResourceRequirements resources() {
    Resources given = spec.resources();
    if (given == null) {
      // A thousand lazy sources take 180 MB.
      return new ResourceRequirementsBuilder()
          .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("192Mi")))
          .withLimits(Map.of("memory", new Quantity("512Mi")))
          .build();
    }
    return new ResourceRequirementsBuilder()
        .withRequests(given.requests())
        .withLimits(given.limits())
        .build();
  }

  private static Probe healthy(int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/healthz")
        .withNewPort(InstanceManifests.HTTP)
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(failures)
        .build();
  }

  private static SecurityContext locked() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private List<VolumeMount> mounts(boolean writesFiles) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(
        new VolumeMountBuilder()
            .withName(CONFIG_VOLUME)
            .withMountPath(CONFIG_DIRECTORY)
            .withReadOnly(true)
            .build());
    mounts.add(new VolumeMountBuilder().withName(SCRATCH_VOLUME).withMountPath("/tmp").build());
    sqlite.ifPresent(
        volume ->
            mounts.add(
                new VolumeMountBuilder()
                    .withName(SQLITE_VOLUME)
                    .withMountPath(volume.mountPath().toString())
                    .withReadOnly(!writesFiles)
                    .build()));
    return mounts;
  }

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(
        new VolumeBuilder()
            .withName(CONFIG_VOLUME)
            .withNewConfigMap()
            .withName(server.configMapName())
            .endConfigMap()
            .build());
    volumes.add(
        new VolumeBuilder().withName(SCRATCH_VOLUME).withNewEmptyDir().endEmptyDir().build());
    sqlite.ifPresent(
        volume ->
            volumes.add(
                new VolumeBuilder()
                    .withName(SQLITE_VOLUME)
                    .withNewHostPath()
                    .withPath(volume.hostPath().toString())
                    .withType("Directory")
                    .endHostPath()
                    .build()));
    return volumes;
  }
}
