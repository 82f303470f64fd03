package io.tas.dbhub.worker;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.inventory.InventorySchema;
import io.tas.dbhub.worker.config.OwnEngines;
import io.tas.dbhub.worker.config.WorkerConfiguration;
import io.tas.dbhub.worker.informer.ResourceWatcher;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.neo4j.driver.Driver;

/**
 * A worker: polls the task queues, acts on Kubernetes, targets and the inventory, and watches
 * Kubernetes. Serves nothing but its admin port (health, metrics).
 */
public final class WorkerApplication extends Application<WorkerConfiguration> {
  public static void main(String[] args) throws Exception {
    new WorkerApplication().run(args);
  }

  @Override
  public String getName() {
    return "dbhub-worker";
  }

  @Override
  public void initialize(Bootstrap<WorkerConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
  }

  @Override
  public void run(WorkerConfiguration configuration, Environment environment) throws IOException {
    KeyRing keys = KeyRing.load(Path.of(configuration.keys));
    KubernetesClient kubernetes = configuration.kubernetes.connect();
    Driver neo4j = configuration.inventory.connect();
    WorkflowServiceStubs temporal = configuration.temporal.connect();
    WorkflowClient client = configuration.temporal.client(temporal);
    ProbeSettings probes =
        configuration.probes.settings(
            configuration.slots.jdbc,
            OwnEngines.of(configuration, kubernetes.getMasterUrl().toString()));
    TargetProber prober = new TargetProber(probes);
    ManagedDatabases managed = new ManagedDatabases(configuration.kubernetes.namespace);
    ResourceWatcher watcher =
        new ResourceWatcher(
            kubernetes,
            client,
            managed,
            configuration.kubernetes.watched(),
            configuration.kubernetes.resync(),
            configuration.monitoring.policy().statusRefresh().multipliedBy(2));

    UntilStarted parts =
        new UntilStarted(
            List.of(
                part("inventory schema", "Neo4j", new InventorySchema(neo4j)::ensure),
                part("namespace", "Temporal", temporal::healthCheck),
                new UntilStarted.Part(
                    "task queues",
                    "Temporal",
                    new TaskQueueWorkers(
                        client,
                        configuration.slots,
                        Activities.byTaskQueue(
                            configuration,
                            kubernetes,
                            managed,
                            neo4j,
                            prober,
                            probes.writtenHosts(),
                            keys))),
                new UntilStarted.Part("informers", "Kubernetes", watching(watcher))));

    // Stopped in the opposite order: first the work, then what it needs.
    environment.lifecycle().manage(new AutoCloseableManager(neo4j));
    environment.lifecycle().manage(new AutoCloseableManager(kubernetes));
    environment.lifecycle().manage(new AutoCloseableManager(temporal::shutdown));
    environment.lifecycle().manage(new AutoCloseableManager(prober));
    environment.lifecycle().manage(parts);
    environment.healthChecks().register("started", started(parts));
    environment.jersey().disable();
  }

  private static UntilStarted.Part part(String name, String needs, Runnable start) {
    return new UntilStarted.Part(
        name,
        needs,
        new Managed() {
          @Override
          public void start() {
            start.run();
          }
        });
  }

  private static Managed watching(ResourceWatcher watcher) {
    return new Managed() {
      @Override
      public void start() {
        watcher.start();
      }

      @Override
      public void stop() {
        watcher.close();
      }
    };
  }

  private static HealthCheck started(UntilStarted parts) {
    return new HealthCheck() {
      @Override
      protected Result check() {
        return parts.allStarted()
            ? Result.healthy()
            : Result.unhealthy("waits for " + parts.waitingFor());
      }
    };
  }
}
