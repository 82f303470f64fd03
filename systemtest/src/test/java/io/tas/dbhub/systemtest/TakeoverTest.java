package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.system.JvmProcess;
import io.tas.dbhub.worker.WorkerApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Of several workers one watches Kubernetes; when it is gone, another does. */
@Isolated
@ExtendWith(RealSystem.class)
class TakeoverTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestSystem system;
  private final Tenant tenant;
  private final WorkerAdmin first;

  TakeoverTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
    this.first = new WorkerAdmin(system.local().workerAdmin());
  }

  @Test
  void anotherWorkerGoesOnWatching() throws IOException {
    await().atMost(Tenant.PATIENCE).until(first::leads);
    int port = new Ports().free();
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    WorkerAdmin second = new WorkerAdmin(address);
    HandMadeDatabase afterDeath = new HandMadeDatabase(system, tenant, "after-death");
    HandMadeDatabase afterStop = new HandMadeDatabase(system, tenant, "after-stop");
    try (JvmProcess process = start(port, address)) {
      process.awaitReady();
      await("the second knows the first")
          .atMost(Tenant.PATIENCE)
          .until(() -> second.health().contains(" leads"));
      assertThat(second.leads()).isFalse();
      assertThat(second.ready()).as("who waits for its turn is ready").isTrue();
      assertThat(first.leads()).isTrue();

      system.local().worker().kill();
      String uid = afterDeath.apply();
      await("one of those who live watches")
          .atMost(Tenant.PATIENCE)
          .until(() -> first.leads() || second.leads());
      afterDeath.awaitConnected();
      assertThat(afterDeath.monitored(uid)).isTrue();
      await("the local system starts the first again")
          .atMost(Tenant.PATIENCE)
          .until(() -> !first.health().isEmpty());
      assertThat(first.leads() && second.leads()).as("two at once").isFalse();
    }
    // The second has stopped in order, maybe as the one that led.
    await().atMost(Tenant.PATIENCE).until(first::leads);
    afterStop.apply();
    afterStop.awaitConnected();
    afterStop.delete();
    afterDeath.delete();
  }

  private JvmProcess start(int port, URI address) throws IOException {
    Path folder = system.local().directory();
    ObjectNode configuration =
        (ObjectNode) JSON.readTree(folder.resolve("worker").resolve("worker.yml").toFile());
    ((ObjectNode) configuration.at("/server/adminConnectors/0")).put("port", port);
    // The API asks the first.
    ((ObjectNode) configuration.at("/server/applicationConnectors/0")).put("port", 0);
    Path own = Files.createDirectories(folder.resolve("worker-2"));
    return JvmProcess.start(
        new JvmProcess.Launch(
            "worker-2",
            WorkerApplication.class,
            384,
            own,
            JSON.writeValueAsString(configuration),
            address.resolve("healthcheck")));
  }
}
