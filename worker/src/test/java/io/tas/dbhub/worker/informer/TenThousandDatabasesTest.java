package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.worker.FakeKubernetes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker has 512 MB; half of it is for everything that is not watching. */
class TenThousandDatabasesTest {
  private static final int DATABASES = 10_000;

  /** Instances, Databases, Secrets, Deployments, Services. */
  private static final int KINDS = 5;

  private static final String HEAP = "-Xmx256m";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** How often each workflow was told. */
  private final Map<String, Integer> told = new ConcurrentHashMap<>();

  @TempDir private Path directory;

  @Test
  void allAreToldOnceOfEachChangeAndFitIntoASmallHeap() throws Exception {
    try (FakeKubernetes kubernetes = new FakeKubernetes()) {
      for (int i = 0; i < DATABASES; i++) {
        kubernetes.put(WatchedObjects.withSecret("db-" + i));
        kubernetes.put(WatchedObjects.secret("db-" + i + "-creds", "1"));
      }
      Process watching = start(kubernetes.url());
      try {
        Thread reader = new Thread(() -> count(watching), "reader");
        reader.start();
        awaitToldOnce();

        // Of a Secret that changed before it was listed there is nothing to tell.
        await().atMost(PATIENCE).until(() -> kubernetes.openWatches() == KINDS);
        told.clear();
        for (int i = 0; i < DATABASES; i++) {
          kubernetes.put(WatchedObjects.secret("db-" + i + "-creds", "2"));
        }
        awaitToldOnce();
        assertThat(watching.isAlive()).isTrue();

        watching.getOutputStream().close();
        assertThat(watching.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(watching.exitValue()).isZero();
        reader.join();
      } finally {
        watching.destroyForcibly();
      }
    }
  }

  private void awaitToldOnce() {
    await().atMost(PATIENCE).until(() -> told.size() == DATABASES);
    assertThat(told).containsEntry("health-db-0", 1);
    assertThat(told.values()).containsOnly(1);
  }

  private Process start(String url) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                WatchingProcess.class.getName(),
                url))
        .redirectError(directory.resolve("errors.log").toFile())
        .start();
  }

  private void count(Process watching) {
    try (BufferedReader lines = watching.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(WatchingProcess.TOLD)) {
          told.merge(line.substring(WatchingProcess.TOLD.length()), 1, Integer::sum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
