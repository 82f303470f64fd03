package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.ManagedDatabases;
import io.tas.dbhub.worker.FakeKubernetes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Watches in a JVM of its own, and prints whom it tells, until its input ends. */
final class WatchingProcess {
  static final String TOLD = "told ";

  private WatchingProcess() {}

  public static void main(String[] args) throws IOException {
    try (KubernetesClient client = FakeKubernetes.client(args[0]);
        ResourceWatcher watcher =
            new ResourceWatcher(
                client,
                notice -> System.out.println(TOLD + notice.workflowId()),
                List::of,
                new ManagedDatabases(WatchedObjects.NAMESPACE),
                List.of(WatchedObjects.NAMESPACE),
                Duration.ofMinutes(10),
                Duration.ofHours(1))) {
      watcher.start();
      while (System.in.read() >= 0) {
        // Until whoever started this ends.
      }
    }
    System.exit(0);
  }
}
