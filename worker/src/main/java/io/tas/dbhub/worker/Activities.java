package io.tas.dbhub.worker;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.inventory.InventoryActivities;
import io.tas.dbhub.activities.jdbc.JdbcProbeActivities;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import io.tas.dbhub.activities.kubernetes.ConnectionReader;
import io.tas.dbhub.activities.kubernetes.KubernetesConnectionResources;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.activities.kubernetes.instance.KubernetesInstanceResources;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.worker.config.WorkerConfiguration;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;

/** Which activity implementation serves which task queue. */
public final class Activities {
  private Activities() {}

  public static Map<String, List<Object>> byTaskQueue(
      WorkerConfiguration configuration,
      KubernetesClient kubernetes,
      ManagedDatabases managed,
      Driver neo4j,
      TargetProber prober,
      WrittenHosts hosts,
      KeyRing keys) {
    return Map.of(
        TaskQueues.KUBERNETES,
        List.of(
            new KubernetesConnectionResources(
                kubernetes, keys.sealer(), configuration.kubernetes.namespace),
            new KubernetesInstanceResources(
                kubernetes, managed, keys, configuration.dbhub.settings(hosts))),
        TaskQueues.INVENTORY,
        List.of(new InventoryActivities(new DatabaseInventory(neo4j))),
        TaskQueues.JDBC,
        List.of(
            new JdbcProbeActivities(
                prober,
                new ConnectionReader(kubernetes, managed)::read,
                keys.sealer(),
                configuration.monitoring.policy())));
  }
}
