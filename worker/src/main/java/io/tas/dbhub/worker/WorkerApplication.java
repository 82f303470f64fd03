package io.tas.dbhub.worker;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.metrics.servlets.HealthCheckServlet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tas.dbhub.activities.batch.BatchActivities;
import io.tas.dbhub.activities.batch.RowActions;
import io.tas.dbhub.activities.batch.RowDatabases;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.query.QueryRunner;
import io.tas.dbhub.activities.kubernetes.KnownConnections;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.schedule.QueryLedger;
import io.tas.dbhub.activities.schedule.TargetQueries;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.configuration.CommonPool;
import io.tas.dbhub.core.configuration.EnvironmentValues;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.InventorySchema;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.QueryRates;
import io.tas.dbhub.storage.journal.RateBuckets;
import io.tas.dbhub.worker.config.OwnEngines;
import io.tas.dbhub.worker.config.WorkerConfiguration;
import io.tas.dbhub.worker.election.ElectionTimes;
import io.tas.dbhub.worker.election.Leadership;
import io.tas.dbhub.worker.informer.ResourceWatcher;
import io.tas.dbhub.worker.metrics.TemporalFigures;
import io.tas.dbhub.worker.query.Heartbeats;
import io.tas.dbhub.worker.query.QueryServlet;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.StringSubstitutor;
import org.neo4j.driver.Driver;

/**
 * A worker: polls the task queues, acts on Kubernetes, targets and the inventory, and watches
 * Kubernetes. Serves the API's queries, and its admin port (health, metrics).
 */
public class WorkerApplication extends Application<WorkerConfiguration> {
  /** A query waits no longer for the count of all processes. */
  private static final Duration COUNT_WITHIN = Duration.ofMillis(500);

  public static void main(String[] args) throws Exception {
    CommonPool.atLeastTwo();
    new WorkerApplication().run(args);
  }

  @Override
  public String getName() {
    return "dbhub-worker";
  }

  @Override
  public void initialize(Bootstrap<WorkerConfiguration> bootstrap) {
    EnvironmentValues environment = new EnvironmentValues(System.getenv());
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(),
            new StringSubstitutor(environment::quoted).setDisableSubstitutionInValues(true)));
    bootstrap.addCommand(new KeysCommand());
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
            configuration.slots.probes(),
            OwnEngines.of(configuration, kubernetes.getMasterUrl().toString()));
    TargetProber prober = new TargetProber(probes);
    ManagedDatabases managed = new ManagedDatabases(configuration.kubernetes.namespace);
    KnownConnections known = new KnownConnections(kubernetes, managed, keys.sealer());
    QueryRunner runner =
        new QueryRunner(
            Activities.connections(known), prober.connector(), configuration.queries.settings());
    Optional<RateBuckets> buckets = journal.rateBuckets(COUNT_WITHIN);
    Leadership leadership = leadership(configuration, kubernetes, client, managed);
    HealthHistory health = new HealthHistory(journal.health()::append, environment.metrics());

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
                            known,
                            neo4j,
                            journal,
                            health::offer,
                            prober,
                            probes.writtenHosts(),
                            scheduled(configuration, environment, neo4j, journal, buckets, runner),
                            batches(environment, neo4j, journal, client),
                            keys))),
                new UntilStarted.Part("ever running", "Temporal", new EverRunning(client)),
                new UntilStarted.Part("election", "Kubernetes", taking(leadership))));

    // Beside the others: nothing waits for a journal that is down.
    UntilStarted migration =
        new UntilStarted(List.of(part("journal", "the journal", journal::migrate)));

    // Stopped in the opposite order: first the work, then what it needs.
    environment.lifecycle().manage(new AutoCloseableManager(neo4j));
    environment.lifecycle().manage(new AutoCloseableManager(journal));
    buckets.ifPresent(open -> environment.lifecycle().manage(new AutoCloseableManager(open)));
    environment.lifecycle().manage(health);
    environment.lifecycle().manage(new AutoCloseableManager(kubernetes));
    environment.lifecycle().manage(new AutoCloseableManager(temporal::shutdown));
    environment.lifecycle().manage(new AutoCloseableManager(prober));
    queries(environment, runner, keys);
    environment.lifecycle().manage(migration);
    environment.lifecycle().manage(parts);
    environment.healthChecks().register("started", started(parts));
    ready(environment, started(parts));
    environment.healthChecks().register("journal", new JournalHealth(migration, journal));
    environment.healthChecks().register("election", new ElectionHealth(leadership));
    environment.jersey().disable();
    metrics(environment, client, configuration.slots.byTaskQueue().keySet(), leadership);
  }

  /** What schedules ask, beside what the API has asked. */
  private static ScheduledQueries scheduled(
      WorkerConfiguration configuration,
      Environment environment,
      Driver neo4j,
      Journal journal,
      Optional<RateBuckets> buckets,
      QueryRunner runner) {
    return new TargetQueries(
        new DatabaseInventory(neo4j)::queryTarget,
        runner,
        new QueryJudge(new ReadOnlyGate()),
        new QueryRates(
            configuration.queries.perHour, buckets.map(open -> open::take), environment.metrics()),
        new QueryLedger(journal.scheduleResults(), Clock.systemUTC()),
        configuration.queries.scheduledWithin.toJavaDuration(),
        environment.lifecycle().scheduledExecutorService("scheduled-queries").threads(1).build());
  }

  private static BatchWork batches(
      Environment environment, Driver neo4j, Journal journal, WorkflowClient client) {
    DatabaseInventory inventory = new DatabaseInventory(neo4j);
    return new BatchActivities(
        journal.batches(),
        new RowActions(new RowDatabases(inventory::find, inventory::findByName), client),
        environment.lifecycle().scheduledExecutorService("batch-heartbeats").threads(1).build(),
        Clock.systemUTC());
  }

  /** What the API asks: users' statements on targets. */
  private static void queries(Environment environment, QueryRunner runner, KeyRing keys) {
    environment.lifecycle().manage(new AutoCloseableManager(runner));
    environment.metrics().registerGauge("queries.running", runner::running);
    Heartbeats heartbeats =
        new Heartbeats(
            environment
                .lifecycle()
                .scheduledExecutorService("query-heartbeats")
                .threads(1)
                .build());
    environment
        .servlets()
        .addServlet("queries", new QueryServlet(runner, heartbeats, keys.queryToken()))
        .addMapping("/queries/*");
  }

  /** The one worker that leads watches; it begins afresh each time, so it misses nothing. */
  private static Leadership leadership(
      WorkerConfiguration configuration,
      KubernetesClient kubernetes,
      WorkflowClient client,
      ManagedDatabases managed) {
    return new Leadership(
        KubernetesClients.forLeases(kubernetes),
        configuration.kubernetes.lease(),
        Objects.requireNonNullElse(System.getenv("HOSTNAME"), "worker"),
        ElectionTimes.of(configuration.kubernetes.leaseDuration.toJavaDuration()),
        () -> {
          ResourceWatcher watcher =
              new ResourceWatcher(
                  kubernetes,
                  client,
                  managed,
                  configuration.kubernetes.watched(),
                  configuration.kubernetes.resync(),
                  configuration.monitoring.policy().statusRefresh().multipliedBy(2));
          watcher.start();
          return watcher::close;
        });
  }

  /** What a rollout waits for: not the journal, for which nothing waits. */
  private static void ready(Environment environment, HealthCheck started) {
    HealthCheckRegistry registry = new HealthCheckRegistry();
    registry.register("started", started);
    environment.admin().addServlet("ready", new HealthCheckServlet(registry)).addMapping("/ready");
  }

  private static void metrics(
      Environment environment,
      WorkflowClient client,
      Set<String> activityQueues,
      Leadership leadership) {
    PrometheusRegistry registry = new PrometheusRegistry();
    GaugeWithCallback.builder()
        .name("dbhub_leader")
        .help("1 in the worker that watches Kubernetes, 0 in the others")
        .callback(gauge -> gauge.call(leadership.leads() ? 1 : 0))
        .register(registry);
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

  private static Managed taking(Leadership leadership) {
    return new Managed() {
      @Override
      public void start() {
        leadership.start();
      }

      @Override
      public void stop() {
        leadership.close();
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
