package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.KubernetesFailures;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstanceSpec;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.instance.AppliedInstance;
import io.tas.dbhub.core.instance.InstanceResources;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.instance.ObservedInstance;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.sealing.KeyRing;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a DBHubInstance true, and says how far it is. Thread-safe. */
public final class KubernetesInstanceResources implements InstanceResources {
  private final KubernetesClient kubernetes;
  private final KeyRing keys;
  private final InstanceSettings settings;
  private final WorldReader world;
  private final InstanceStatusWriter statuses;

  public KubernetesInstanceResources(
      KubernetesClient kubernetes,
      ManagedDatabases managed,
      KeyRing keys,
      InstanceSettings settings) {
    this.kubernetes = kubernetes;
    this.keys = keys;
    this.settings = settings;
    this.world = new WorldReader(kubernetes, managed);
    this.statuses = new InstanceStatusWriter(kubernetes, Clock.systemUTC());
  }

  @Override
  public AppliedInstance apply(ResourceRef ref) {
    DBHubInstance instance = find(ref);
    if (instance == null || instance.beingDeleted()) {
      return new AppliedInstance(ref, true, 0, "", List.of(), List.of());
    }
    try {
      return KubernetesFailures.translate(() -> apply(instance));
    } catch (ApplicationFailure failure) {
      if (Failures.typeOf(failure) == FailureType.KUBERNETES_REFUSED) {
        statuses.refused(instance, failure.getOriginalMessage());
      }
      throw failure;
    }
  }

  private AppliedInstance apply(DBHubInstance instance) {
    DBHubInstanceSpec spec = instance.settings();
    ResourceRef ref = instance.ref();
    RenderedInstance rendered =
        new InstanceRenderer(
                new SourceRenderer(spec.defaultPolicy(), settings),
                keys.dbhubToken(ref.namespace(), ref.name()))
            .render(world.databases(instance));
    InstanceManifests manifests = new InstanceManifests(instance);
    applyServerSide(manifests.configMap(rendered), instance);
    applyServerSide(manifests.secret(rendered), instance);
    Service service = applyServerSide(manifests.service(), instance);
    // Last, so that the pods it rolls find everything they mount.
    applyServerSide(
        new DeploymentManifest(instance, settings.image(), settings.sqlite())
            .deployment(rendered, Endpoints.hosts(instance, service)),
        instance);
    return new AppliedInstance(
        ref,
        false,
        instance.getMetadata().getGeneration(),
        rendered.configHash(),
        rendered.sources(),
        rendered.problems());
  }

  private <T extends HasMetadata> T applyServerSide(T wanted, DBHubInstance instance) {
    HasMetadata found = kubernetes.resource(wanted).get();
    String what = "the " + wanted.getKind() + " " + wanted.getMetadata().getName();
    if (found != null && leaving(found, instance)) {
      throw Failures.of(
          FailureType.KUBERNETES_UNAVAILABLE, what + " is just going away; try again");
    }
    if (found != null && !ownedBy(found, instance)) {
      // Force takes fields from people, which is wanted; it must not take an object from anybody.
      throw Failures.of(
          FailureType.KUBERNETES_REFUSED, what + " exists and does not belong to this instance");
    }
    return kubernetes
        .resource(wanted)
        .fieldManager(Kubernetes.MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** It is being deleted, or will be: it belonged to an instance of this name that is no more. */
  static boolean leaving(HasMetadata object, DBHubInstance instance) {
    return object.getMetadata().getDeletionTimestamp() != null
        || object.getMetadata().getOwnerReferences().stream()
            .anyMatch(
                owner ->
                    owner.getKind().equals(instance.getKind())
                        && owner.getName().equals(instance.getMetadata().getName())
                        && !owner.getUid().equals(instance.getMetadata().getUid()));
  }

  private static boolean ownedBy(HasMetadata object, DBHubInstance instance) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(instance.getMetadata().getUid()));
  }

  @Override
  public ObservedInstance observe(ObserveInstance applied) {
    DBHubInstance instance = find(applied.instance());
    if (instance == null || instance.beingDeleted()) {
      return new ObservedInstance(false, 0, "");
    }
    String namespace = applied.instance().namespace();
    String name = applied.instance().name();
    Deployment deployment =
        KubernetesFailures.translate(
            () -> kubernetes.apps().deployments().inNamespace(namespace).withName(name).get());
    Service service =
        KubernetesFailures.translate(
            () -> kubernetes.services().inNamespace(namespace).withName(name).get());
    Rollout rollout = Rollout.of(deployment, applied.configHash());
    String endpoint = Endpoints.of(instance, service);
    statuses.observed(instance, applied, rollout, endpoint);
    return new ObservedInstance(rollout.done(), rollout.available(), endpoint);
  }

  private @Nullable DBHubInstance find(ResourceRef ref) {
    return KubernetesFailures.translate(
        () ->
            kubernetes
                .resources(DBHubInstance.class)
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get());
  }
}
