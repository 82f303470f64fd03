package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.EventRecorder;
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
import io.tas.dbhub.core.sealing.KeyRing;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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
    this.statuses =
        new InstanceStatusWriter(kubernetes, new EventRecorder(kubernetes), Clock.systemUTC());
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
    ServerObjects objects = ServerObjects.read(kubernetes, instance);
    RenderedInstance rendered =
        new InstanceRenderer(
                new SourceRenderer(spec.defaultPolicy(), settings),
                keys.dbhubToken(ref.namespace(), ref.name()))
            .render(
                world.databases(instance),
                new Assignment(objects.listed(), spec.maxSourcesPerServer(), objects::usable));
    for (Map.Entry<Integer, RenderedServer> server : rendered.inOrder()) {
      apply(new Server(instance, server.getKey()), server.getValue(), objects);
    }
    objects.removeAllBut(rendered.servers().keySet());
    return new AppliedInstance(
        ref,
        false,
        instance.getMetadata().getGeneration(),
        rendered.configHash(),
        rendered.sources(number -> new Server(instance, number).name()),
        rendered.problems());
  }

  private void apply(Server server, RenderedServer rendered, ServerObjects objects) {
    if (rendered.tooLarge()) {
      throw Failures.of(
          FailureType.KUBERNETES_REFUSED,
          "the server "
              + server.name()
              + " has more databases than fit into a ConfigMap; a lower maxSourcesPerServer spreads"
              + " them");
    }
    InstanceManifests manifests = new InstanceManifests(server);
    objects.apply(manifests.configMap(rendered), ConfigMap.class);
    objects.apply(manifests.secret(rendered), Secret.class);
    Service service = objects.apply(manifests.service(), Service.class);
    // Last, so that the pods it rolls find everything they mount.
    objects.apply(
        new DeploymentManifest(server, settings.image(), settings.sqlite())
            .deployment(rendered, Endpoints.hosts(server, annotated(service))),
        Deployment.class);
  }

  @Override
  public ObservedInstance observe(ObserveInstance applied) {
    DBHubInstance instance = find(applied.instance());
    if (instance == null || instance.beingDeleted()) {
      return new ObservedInstance(false, 0, "");
    }
    List<Deployment> deployments =
        KubernetesFailures.translate(() -> ServerObjects.deployments(kubernetes, instance));
    InstanceRollout rollout = InstanceRollout.of(instance, deployments, applied.configHash());
    NavigableMap<Integer, String> endpoints = endpoints(instance, rollout);
    statuses.observed(instance, applied, rollout, endpoints);
    Map<String, String> servers = new TreeMap<>();
    List<String> rolling = new ArrayList<>();
    rollout.leaving().forEach(server -> rolling.add(server.name()));
    rollout
        .servers()
        .forEach(
            (number, server) -> {
              String name = new Server(instance, number).name();
              if (!server.done()) {
                rolling.add(name);
              } else if (server.available() > 0) {
                // One that is scaled to nothing is done, but nobody is to be sent there.
                servers.put(name, endpoints.getOrDefault(number, ""));
              }
            });
    return new ObservedInstance(
        rollout.done(), rollout.available(), endpoints.getOrDefault(0, ""), servers, rolling);
  }

  /** Of the servers that stay, and always of the first. */
  private NavigableMap<Integer, String> endpoints(DBHubInstance instance, InstanceRollout rollout) {
    Map<String, Service> services = new HashMap<>();
    KubernetesFailures.translate(
            () ->
                kubernetes
                    .services()
                    .inNamespace(instance.getMetadata().getNamespace())
                    .withLabels(ServerObjects.labels(instance))
                    .list()
                    .getItems())
        .forEach(service -> services.put(service.getMetadata().getName(), service));
    NavigableMap<Integer, String> endpoints = new TreeMap<>();
    endpoints.put(0, endpoint(Server.first(instance), services));
    for (int number : rollout.servers().keySet()) {
      endpoints.put(number, endpoint(new Server(instance, number), services));
    }
    return endpoints;
  }

  private String endpoint(Server server, Map<String, Service> services) {
    return Endpoints.of(server, annotated(services.get(server.name())));
  }

  /** The one whose annotation counts. */
  private @Nullable Service annotated(@Nullable Service service) {
    return settings.externalEndpoints() ? service : null;
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
