package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.ClassPath;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.SecretFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Workers in processes of their own. One that is killed is started again at once. */
final class WorkerPool implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  /** One that writes its archive takes longer to end. */
  private static final Duration STOP = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ExecutorService restarts = Executors.newCachedThreadPool();
  private final AtomicInteger crashes = new AtomicInteger();
  private final List<Slot> slots = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param configuration of a worker with that admin port
   * @param fast whether so many will be started that an archive of their classes is worth making
   */
  WorkerPool(
      int size,
      Path directory,
      URI control,
      Ports ports,
      IntFunction<String> configuration,
      boolean fast) {
    String classPath = ClassPath.ofThisProcess();
    String option = "-Xshare:auto";
    if (fast) {
      FastStart start = new FastStart(directory);
      classPath = start.classPath();
      option = start.reads();
      int admin = ports.free();
      Slot first =
          new Slot(
              "worker-0",
              directory,
              control,
              admin,
              configuration.apply(admin),
              classPath,
              start.writes());
      first.awaitReady();
      first.close();
    }
    for (int i = 1; i <= size; i++) {
      int admin = ports.free();
      slots.add(
          new Slot(
              "worker-" + i,
              directory,
              control,
              admin,
              configuration.apply(admin),
              classPath,
              option));
    }
  }

  void awaitReady() {
    slots.forEach(Slot::awaitReady);
  }

  /** How many were killed so far. */
  int crashes() {
    return crashes.get();
  }

  /** With signal 9. Returns when it is dead; the next one is starting then. */
  void kill(String name) {
    slots.stream().filter(slot -> slot.name.equals(name)).forEach(Slot::kill);
  }

  /** Whether a worker other than this one works. */
  boolean othersWork(String name) {
    return slots.stream().filter(slot -> !slot.name.equals(name)).anyMatch(Slot::ready);
  }

  @Override
  public void close() {
    closed = true;
    restarts.shutdown();
    slots.forEach(Slot::close);
  }

  /** One worker and its successors. */
  private final class Slot {
    private final String name;
    private final ChildProcess.Command command;
    private final URI health;
    private ChildProcess process;

    Slot(
        String name,
        Path directory,
        URI control,
        int admin,
        String configuration,
        String classPath,
        String option) {
      this.name = name;
      Path home = directory.resolve(name);
      Path file = home.resolve("worker.yml");
      SecretFile.write(file, configuration);
      this.health = URI.create("http://127.0.0.1:" + admin + "/healthcheck");
      this.command =
          new ChildProcess.Command(
              name,
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  option,
                  "-Xlog:cds=off",
                  "-Xlog:cds+dynamic=off",
                  "-Xmx384m",
                  FaultyWorker.class.getName(),
                  "server",
                  file.toString()),
              Map.of(
                  "CLASSPATH",
                  classPath,
                  ControlServer.ADDRESS,
                  control.toString(),
                  FaultyWorker.NAME,
                  name),
              home,
              "TERM",
              STOP);
      this.process = ChildProcess.start(command);
    }

    void awaitReady() {
      current().awaitReady(START, this::ready);
    }

    boolean ready() {
      try {
        return http.send(
                    HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode()
            == 200;
      } catch (java.io.IOException notYet) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void kill() {
      ChildProcess victim = current();
      if (!victim.isAlive()) {
        return;
      }
      victim.kill();
      crashes.incrementAndGet();
      if (!closed) {
        restarts.execute(() -> restart(victim));
      }
    }

    private synchronized void restart(ChildProcess dead) {
      if (closed || process != dead) {
        return;
      }
      dead.close();
      try {
        process = ChildProcess.start(command);
      } catch (EngineException e) {
        System.err.println(name + " was not started again: " + e.getMessage());
      }
    }

    private synchronized ChildProcess current() {
      return process;
    }

    void close() {
      current().close();
    }
  }
}
