package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.activities.kubernetes.NewConnections;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckedConnection;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.FirstCheckActivities;
import io.tas.dbhub.core.health.FirstChecksReport;
import io.tas.dbhub.core.health.FirstChecksRequest;
import io.tas.dbhub.core.health.HealthJudge;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.health.NewConnection;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * First checks of new connections, some at a time for all activities of this worker together: in
 * the order in which they came, and never so many that the probes of the others find no slot.
 * Thread-safe.
 */
public final class JdbcFirstChecks implements FirstCheckActivities {
  /** A target that has not answered by then is left to its monitor, and holds up nobody here. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(20);
  private static final int KEEP_ALIVE_SECONDS = 5;

  private final TargetProber prober;
  private final NewConnections connections;
  private final BiConsumer<String, MonitorRequest> monitors;
  private final HealthPolicy policy;
  private final LoginLook logins;
  private final Clock clock;
  private final ExecutorService checks;
  private final Pace pace = new Pace(BETWEEN_STARTS);

  /**
   * @param monitors starts the monitor of the given id unless it runs
   * @param parallel checks at a time; fewer than the prober's slots
   */
  public JdbcFirstChecks(
      TargetProber prober,
      NewConnections connections,
      BiConsumer<String, MonitorRequest> monitors,
      HealthPolicy policy,
      LoginLook logins,
      Clock clock,
      int parallel) {
    this.prober = prober;
    this.connections = connections;
    this.monitors = monitors;
    this.policy = policy;
    this.logins = logins;
    this.clock = clock;
    this.checks = pool(parallel);
  }

  @Override
  public FirstChecksReport checkFirst(FirstChecksRequest request) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    return checkFirst(request, () -> activity.heartbeat(null));
  }

  FirstChecksReport checkFirst(FirstChecksRequest request, Runnable heartbeat) {
    List<Future<Optional<CheckedConnection>>> running = new ArrayList<>();
    try {
      request.connections().forEach(one -> running.add(checks.submit(() -> check(one))));
      return collect(running, heartbeat);
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }

  /** What could not be asked for is tried again when all the others are done. */
  private static FirstChecksReport collect(
      List<Future<Optional<CheckedConnection>>> running, Runnable heartbeat) {
    List<CheckedConnection> checked = new ArrayList<>();
    @Nullable ApplicationFailure unavailable = null;
    for (Future<Optional<CheckedConnection>> one : running) {
      try {
        await(one, heartbeat).ifPresent(checked::add);
      } catch (ApplicationFailure failure) {
        unavailable = failure;
      }
    }
    if (unavailable != null) {
      throw unavailable;
    }
    return new FirstChecksReport(checked);
  }

  private static Optional<CheckedConnection> await(
      Future<Optional<CheckedConnection>> one, Runnable heartbeat) {
    try {
      while (true) {
        heartbeat.run();
        try {
          return one.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // It waits for its turn.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the checks were interrupted");
    } catch (ExecutionException e) {
      throw Failures.find(e)
          .orElseGet(() -> Failures.of(FailureType.INTERNAL, "a check failed unforeseen"));
    }
  }

  /** Whatever is the matter with one, its monitor finds it again, and it holds up no other. */
  private Optional<CheckedConnection> check(NewConnection connection) {
    try {
      return find(connection);
    } catch (RuntimeException e) {
      if (Failures.typeOf(e) == FailureType.KUBERNETES_UNAVAILABLE) {
        throw e;
      }
      return left(connection);
    }
  }

  /** One made again under the name is another connection, with a first check of its own. */
  private @Nullable DatabaseResource read(ResourceRef connection, String monitorId) {
    DatabaseResource resource = connections.find(connection);
    return resource != null && monitorId.equals(resource.getMetadata().getUid()) ? resource : null;
  }

  private Optional<CheckedConnection> find(NewConnection connection) {
    DatabaseResource resource = read(connection.resource(), connection.monitorId());
    if (resource == null) {
      return Optional.empty();
    }
    Optional<HealthState> known = FirstFindings.known(resource);
    if (known.isPresent()) {
      return checked(connection, resource, known.get());
    }
    Connection desired = connections.read(resource);
    if (desired instanceof Connection.Found found) {
      Duration whole = prober.patience(found.target());
      boolean hurried = PATIENCE.compareTo(whole) < 0;
      Diagnosis diagnosis =
          prober.reach(
              found.target(),
              found.credentials(),
              hurried ? PATIENCE : whole,
              logins.due(found, null));
      return hurried && FirstFindings.undecided(diagnosis, PATIENCE)
          ? left(connection)
          : written(
              connection, resource, found.said().generation(), diagnosis, login(found, diagnosis));
    }
    if (desired instanceof Connection.Unusable unusable) {
      return written(
          connection,
          resource,
          unusable.said().generation(),
          JdbcProbeActivities.notProbed(unusable.error()),
          null);
    }
    return left(connection);
  }

  /** What is not told in a hurry, its monitor asks for with more patience. */
  private @Nullable LoginFinding login(Connection.Found connection, Diagnosis diagnosis) {
    LoginFinding found = logins.found(connection, null, true, diagnosis);
    return found != null && found.rights() == LoginRights.UNKNOWN ? null : found;
  }

  private Optional<CheckedConnection> written(
      NewConnection connection,
      DatabaseResource resource,
      long generation,
      Diagnosis diagnosis,
      @Nullable LoginFinding login) {
    Instant now = clock.instant();
    HealthState found =
        HealthJudge.judge(HealthState.unknown(), policy, true, generation, diagnosis).login(login);
    connections.write(
        resource,
        new HealthReport(
            connection.resource(),
            null,
            found.status(),
            found.message(),
            generation,
            now,
            null,
            HealthJudge.reason(found, diagnosis),
            connection.monitorId(),
            null,
            false,
            login,
            null));
    return checked(connection, resource, found.statusWrittenAt(now));
  }

  /** One that may ask for a place in the inventory has its monitor look at once. */
  private static Optional<CheckedConnection> checked(
      NewConnection connection, DatabaseResource resource, HealthState state) {
    Map<String, String> labels = resource.getMetadata().getLabels();
    if (labels != null && labels.containsKey(Kubernetes.TENANT)) {
      return left(connection);
    }
    return Optional.of(new CheckedConnection(connection.monitorId(), connection.resource(), state));
  }

  private static Optional<CheckedConnection> left(NewConnection connection) {
    return Optional.of(new CheckedConnection(connection.monitorId(), connection.resource(), null));
  }

  @Override
  public void startMonitors(FirstChecksReport report) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    startMonitors(report, () -> activity.heartbeat(null));
  }

  void startMonitors(FirstChecksReport report, Runnable heartbeat) {
    try {
      for (CheckedConnection one : report.checked()) {
        heartbeat.run();
        pace.await();
        // Who told of its end meanwhile found no monitor to stop.
        if (read(one.resource(), one.monitorId()) != null) {
          monitors.accept(
              one.monitorId(), MonitorRequest.byHand(one.resource(), one.monitorId(), one.state()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("starting monitors was interrupted");
    }
  }

  /** Threads that end when idle; what waits is bounded by the activities there are slots for. */
  private static ExecutorService pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "dbhub-first-check-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
