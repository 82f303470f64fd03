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
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.inventory.InventorySchema;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.worker.config.OwnEngines;
import io.tas.dbhub.worker.config.WorkerConfiguration;
import io.tas.dbhub.worker.informer.ResourceWatcher;
import io.tas.dbhub.worker.metrics.TemporalFigures;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.neo4j.driver.Driver;

/**
 * A worker: polls the task queues, acts on Kubernetes, targets and the inventory, and watches
 * Kubernetes. Serves nothing but its admin port (health, metrics).
 */
public class WorkerApplication extends Application<WorkerConfiguration> {
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

  /** How the SDK's part behaves, with interceptors around all that it runs. */
  protected WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new NoLateAttempts()).build();
  }

  /** How the connection to Temporal behaves. */
  protected void connecting(WorkflowServiceStubsOptions.Builder options) {
    // As it is configured.
  }

  @Override
  public void run(WorkerConfiguration configuration, Environment environment) throws IOException {
    KeyRing keys = KeyRing.load(Path.of(configuration.keys));
    KubernetesClient kubernetes = configuration.kubernetes.connect();
    Driver neo4j = configuration.inventory.connect();
    Journal journal = configuration.journal.open();
    WorkflowServiceStubs temporal = configuration.temporal.connect(this::connecting);
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
                        configuration.temporal.deployment.version(),
                        factoryOptions(),
                        Activities.byTaskQueue(
                            configuration,
                            kubernetes,
                            client,
                            managed,
                            neo4j,
                            journal,
                            prober,
                            probes.writtenHosts(),
                            keys))),
                new UntilStarted.Part("comparison", "Temporal", new ComparisonStart(client)),
                new UntilStarted.Part("informers", "Kubernetes", watching(watcher))));

    // Beside the others: nothing waits for a journal that is down.
    UntilStarted migration =
        new UntilStarted(List.of(part("journal", "the journal", journal::migrate)));

    // Stopped in the opposite order: first the work, then what it needs.
    environment.lifecycle().manage(new AutoCloseableManager(neo4j));
    environment.lifecycle().manage(new AutoCloseableManager(journal));
    environment.lifecycle().manage(new AutoCloseableManager(kubernetes));
    environment.lifecycle().manage(new AutoCloseableManager(temporal::shutdown));
    environment.lifecycle().manage(new AutoCloseableManager(prober));
    environment.lifecycle().manage(migration);
    environment.lifecycle().manage(parts);
    environment.healthChecks().register("started", started(parts));
    environment.healthChecks().register("journal", new JournalHealth(migration, journal));
    environment.jersey().disable();
    metrics(environment, client, configuration.slots.byTaskQueue().keySet());
  }

  private static void metrics(
      Environment environment, WorkflowClient client, Set<String> activityQueues) {
    PrometheusRegistry registry = new PrometheusRegistry();
    DropwizardExports.builder().dropwizardRegistry(environment.metrics()).register(registry);
    TemporalFigures figures = new TemporalFigures(registry, client, activityQueues);
    figures.refreshWith(
        environment.lifecycle().scheduledExecutorService("figures").threads(1).build());
    environment
        .admin()
        .addServlet("prometheus", new PrometheusMetricsServlet(registry))
        .addMapping("/metrics");
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
