package io.tas.dbhub.worker;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.comparison.KubernetesComparison;
import io.tas.dbhub.activities.comparison.StoredInventory;
import io.tas.dbhub.activities.comparison.TemporalOperations;
import io.tas.dbhub.activities.dbhub.DbhubActivities;
import io.tas.dbhub.activities.inventory.InventoryActivities;
import io.tas.dbhub.activities.jdbc.ConnectionSource;
import io.tas.dbhub.activities.jdbc.JdbcCandidateProbes;
import io.tas.dbhub.activities.jdbc.JdbcFirstChecks;
import io.tas.dbhub.activities.jdbc.JdbcProbeActivities;
import io.tas.dbhub.activities.jdbc.JdbcQuietChecks;
import io.tas.dbhub.activities.jdbc.LoginLook;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import io.tas.dbhub.activities.jdbc.schema.SchemaReader;
import io.tas.dbhub.activities.jdbc.schema.SchemaReaderSettings;
import io.tas.dbhub.activities.journal.JournalActivities;
import io.tas.dbhub.activities.kubernetes.ClaimedDatabases;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.activities.kubernetes.ConnectionObjects;
import io.tas.dbhub.activities.kubernetes.ConnectionSecrets;
import io.tas.dbhub.activities.kubernetes.KnownConnections;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.activities.kubernetes.KubernetesConnectionChanges;
import io.tas.dbhub.activities.kubernetes.KubernetesConnectionResources;
import io.tas.dbhub.activities.kubernetes.KubernetesManifests;
import io.tas.dbhub.activities.kubernetes.KubernetesNewConnections;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.instance.KubernetesInstanceResources;
import io.tas.dbhub.activities.schedule.ScheduleActivities;
import io.tas.dbhub.activities.schema.TargetSchemaSync;
import io.tas.dbhub.activities.temporal.MonitorStarter;
import io.tas.dbhub.activities.temporal.SyncStarter;
import io.tas.dbhub.activities.webhook.HttpWebhooks;
import io.tas.dbhub.core.batch.BatchWork;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.schedule.ScheduledQueries;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dbhub.client.DbhubClient;
import io.tas.dbhub.storage.catalogue.SchemaAgenda;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.worker.config.WorkerConfiguration;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.neo4j.driver.Driver;

/** Which activity implementation serves which task queue. */
public final class Activities {
  /** Of one check through DBHub; the workflows allow it more. */
  private static final Duration DBHUB_LIMIT = Duration.ofSeconds(30);

  private Activities() {}

  public static Map<String, List<Object>> byTaskQueue(
      WorkerConfiguration configuration,
      KubernetesClient kubernetes,
      WorkflowClient temporal,
      ManagedDatabases managed,
      KnownConnections known,
      Driver neo4j,
      Journal journal,
      Consumer<HealthSample> health,
      TargetProber prober,
      WrittenHosts hosts,
      ScheduledQueries queries,
      BatchWork batches,
      KeyRing keys) {
    DatabaseInventory inventory = new DatabaseInventory(neo4j);
    SchemaAgenda agenda = new SchemaAgenda(neo4j);
    KubernetesClient steps = KubernetesClients.forSteps(kubernetes);
    String namespace = configuration.kubernetes.namespace;
    LoginLook logins =
        new LoginLook(
            configuration.monitoring.loginRightsEvery.toJavaDuration(), Clock.systemUTC());
    InventoryActivities nodes = new InventoryActivities(inventory, health);
    return Map.ofEntries(
        Map.entry(
            TaskQueues.WORKFLOWS,
            List.of(
                new JdbcQuietChecks(
                    prober,
                    connections(known),
                    configuration.monitoring.policy(),
                    logins,
                    nodes::recordHealth,
                    configuration.slots.quietChecks()))),
        Map.entry(
            TaskQueues.KUBERNETES,
            List.of(
                new KubernetesConnectionResources(steps, keys.sealer(), namespace),
                new KubernetesConnectionChanges(steps, keys.sealer(), namespace),
                new KubernetesComparison(
                    new ConnectionObjects(kubernetes, namespace),
                    new ClaimedDatabases(kubernetes, managed),
                    new StoredInventory(inventory, health),
                    new TemporalOperations(temporal),
                    Clock.systemUTC()),
                new KubernetesManifests(steps, managed),
                new KubernetesInstanceResources(
                    kubernetes, managed, keys, configuration.dbhub.settings(hosts)))),
        Map.entry(
            TaskQueues.INVENTORY,
            List.of(
                nodes,
                new SyncStarter(
                    agenda,
                    temporal,
                    configuration.schemas.syncEvery.toJavaDuration(),
                    Clock.systemUTC()))),
        Map.entry(TaskQueues.SCHEDULES, List.of(new ScheduleActivities(inventory, temporal))),
        Map.entry(TaskQueues.QUERIES, List.of(queries)),
        Map.entry(TaskQueues.BATCHES, List.of(batches)),
        Map.entry(
            TaskQueues.WEBHOOKS,
            List.of(
                new HttpWebhooks(
                    journal.scheduleResults(),
                    keys.sealer(),
                    configuration.schedules.webhooks.allowed(),
                    Clock.systemUTC()))),
        Map.entry(TaskQueues.JOURNAL, List.of(new JournalActivities(journal))),
        Map.entry(
            TaskQueues.SCHEMA,
            List.of(
                new TargetSchemaSync(
                    inventory,
                    new SchemaCatalogue(neo4j),
                    agenda,
                    connections(known),
                    new SchemaReader(prober.connector(), SchemaReaderSettings.defaults()),
                    Clock.systemUTC()))),
        Map.entry(
            TaskQueues.DBHUB,
            List.of(new DbhubActivities(inventory, keys, DbhubClient::new, DBHUB_LIMIT))),
        Map.entry(
            TaskQueues.FIRST_CHECKS,
            List.of(
                new JdbcFirstChecks(
                    prober,
                    new KubernetesNewConnections(steps, managed, known),
                    new MonitorStarter(temporal)::start,
                    configuration.monitoring.policy(),
                    logins,
                    Clock.systemUTC(),
                    configuration.slots.firstChecks))),
        Map.entry(
            TaskQueues.JDBC,
            List.of(
                new JdbcProbeActivities(
                    prober,
                    connections(known),
                    keys.sealer(),
                    configuration.monitoring.policy(),
                    logins),
                new JdbcCandidateProbes(
                    prober, new ConnectionSecrets(steps, namespace)::changed, keys.sealer()))));
  }

  /** Where probes and queries learn what a connection is. */
  static ConnectionSource connections(KnownConnections known) {
    return new ConnectionSource() {
      @Override
      public Connection read(ResourceRef resource) {
        return known.read(resource);
      }

      @Override
      public Connection known(ResourceRef resource) {
        return known.known(resource);
      }
    };
  }
}
