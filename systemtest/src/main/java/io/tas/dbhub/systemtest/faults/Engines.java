package io.tas.dbhub.systemtest.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Neo4jServer;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ClusterEngine;
import io.tas.dbhub.dev.system.Manifests;
import io.tas.dbhub.dev.system.Pods;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TemporalEngine;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.neo4j.driver.Driver;

/** The real engines of one run, without API and worker; and direct ways to look at them. */
final class Engines implements AutoCloseable {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Steps steps;

  final Path directory;
  final Ports ports = new Ports();
  final TemporalEngine temporal;
  final ClusterEngine cluster;
  final Neo4jServer neo4j;
  final PostgresServer postgres;
  final KubernetesClient kubernetes;
  final Driver inventory;
  final WorkflowServiceStubs workflows;
  final KeyRing keys;

  /**
   * Returns when all of them answer.
   *
   * @param directory an empty one
   * @throws EngineException when one does not start; then none is left running
   */
  Engines(Path directory, Programs programs, Steps steps) {
    this.directory = directory;
    this.steps = steps;
    int dbhubPort = ports.free();
    try {
      CompletableFuture<Neo4jServer> startingNeo4j =
          CompletableFuture.supplyAsync(
              () ->
                  own(
                      Neo4jServer.start(
                          new Neo4jServer.Settings(directory.resolve("neo4j"), ports.free()))));
      CompletableFuture<ClusterEngine> startingCluster =
          CompletableFuture.supplyAsync(
              () ->
                  own(
                      ClusterEngine.real(
                          programs,
                          directory.resolve("kubernetes"),
                          ports,
                          ports.free(),
                          List.of())));
      temporal =
          own(
              TemporalEngine.start(
                  programs.temporal(), directory.resolve("temporal"), ports.free(), ports.free()));
      postgres =
          own(
              PostgresServer.start(
                  programs.postgres().orThrow(),
                  new PostgresServer.Settings(directory.resolve("postgres"), ports.free())));
      cluster = startingCluster.join();
      neo4j = startingNeo4j.join();
      kubernetes = own(Manifests.client(cluster.admin()));
      Manifests.install(kubernetes);
      inventory =
          own(
              InventoryDriver.connect(
                  URI.create(neo4j.uri()), neo4j.login().user(), neo4j.login().password()));
      workflows =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.target()).build());
      WorkflowServiceStubs closing = workflows;
      own((AutoCloseable) closing::shutdownNow);
      own(Pods.run(kubernetes, programs.dbhub().orThrow(), directory.resolve("node"), dbhubPort));
      KeyRing.generate(directory.resolve("keys"));
      keys = KeyRing.load(directory.resolve("keys"));
      steps.say("engines", "run, in " + directory);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof EngineException cause ? cause : new EngineException("Start", e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    synchronized (running) {
      running.push(part);
    }
    return part;
  }

  @Override
  public void close() {
    synchronized (running) {
      while (!running.isEmpty()) {
        try {
          running.pop().close();
        } catch (Exception e) {
          steps.say("stop", "a part did not stop in order: " + e.getMessage());
        }
      }
    }
  }
}
