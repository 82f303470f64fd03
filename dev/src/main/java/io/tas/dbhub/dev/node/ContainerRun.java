package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container through its life: waiting, running, ended, waiting to be started again. Used by one
 * thread.
 */
final class ContainerRun {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerRun.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(2);
  private static final Duration STEADY = Duration.ofMinutes(5);
  private static final Duration PROBE_KILL_GRACE = Duration.ofSeconds(5);

  private final Pod pod;
  private final Container container;
  private final boolean restartAlways;
  private final boolean restartOnFailure;
  private final Launcher launcher;
  private final Path folder;
  private final String podIp;
  private final ProbeCheck check;

  private @Nullable ContainerProcess process;
  private @Nullable ProbeState startup;
  private @Nullable ProbeState readiness;
  private @Nullable ProbeState liveness;
  private String startedAt = "";
  private long startedNanos;
  private long notBefore;
  private int restarts;
  private int quickEnds;
  private boolean finished;
  private boolean everStarted;
  private ContainerState state = waiting("ContainerCreating", null);
  private ContainerState lastState = new ContainerState();

  ContainerRun(
      Pod pod,
      Container container,
      Launcher launcher,
      Path folder,
      String podIp,
      ProbeCheck check,
      int earlierRestarts) {
    this.pod = pod;
    this.container = container;
    this.launcher = launcher;
    this.folder = folder;
    this.podIp = podIp;
    this.check = check;
    this.restarts = earlierRestarts;
    String policy = pod.getSpec().getRestartPolicy();
    this.restartAlways = policy == null || policy.equals("Always");
    this.restartOnFailure = "OnFailure".equals(policy);
    this.notBefore = System.nanoTime();
  }

  /** Does what is due: start, see that it ended, probe. */
  void tick() throws InterruptedException {
    long now = System.nanoTime();
    ContainerProcess child = process;
    if (finished) {
      return;
    }
    if (child == null) {
      if (now >= notBefore) {
        start(now);
      }
    } else if (!child.running()) {
      ended(child, "");
    } else {
      probe(child, now);
    }
  }

  private void start(long now) {
    try {
      process = launcher.start(pod, container, folder, podIp);
      if (everStarted) {
        restarts++;
      }
      everStarted = true;
      startedNanos = now;
      startedAt = time();
      state =
          new ContainerStateBuilder()
              .withNewRunning()
              .withStartedAt(startedAt)
              .endRunning()
              .build();
      startup = ProbeState.of(container.getStartupProbe(), container, podIp, check, now);
      readiness = ProbeState.of(container.getReadinessProbe(), container, podIp, check, now);
      liveness = ProbeState.of(container.getLivenessProbe(), container, podIp, check, now);
    } catch (NotYet e) {
      state = waiting(e.reason(), e.getMessage());
      notBefore = now + RETRY.toNanos();
    } catch (IOException | RuntimeException e) {
      // The message of a failed exec names the program, never its arguments or environment.
      LOG.warn("Cannot start {} of Pod {}", container.getName(), pod.getMetadata().getName(), e);
      state = waiting("CreateContainerError", "the program cannot be started");
      notBefore = now + RETRY.toNanos();
    }
  }

  private void probe(ContainerProcess child, long now) throws InterruptedException {
    if (startup != null && !startup.passing()) {
      startup.tick(now);
      if (startup.failed()) {
        restartUnhealthy(child, "startup");
      }
      return;
    }
    if (readiness != null) {
      readiness.tick(now);
    }
    if (liveness != null) {
      liveness.tick(now);
      if (liveness.failed()) {
        restartUnhealthy(child, "liveness");
      }
    }
  }

  private void restartUnhealthy(ContainerProcess child, String probe) throws InterruptedException {
    LOG.warn(
        "Container {} of Pod {} failed its {} probe",
        container.getName(),
        pod.getMetadata().getName(),
        probe);
    child.stop(PROBE_KILL_GRACE);
    ended(child, probe + " probe failed");
  }

  private void ended(ContainerProcess child, String message) {
    int code = child.exitCode();
    child.forget();
    process = null;
    lastState =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(code)
            .withReason(code == 0 ? "Completed" : "Error")
            .withMessage(message.isEmpty() ? null : message)
            .withStartedAt(startedAt)
            .withFinishedAt(time())
            .endTerminated()
            .build();
    if (!restartAlways && !(restartOnFailure && code != 0)) {
      finished = true;
      state = lastState;
      return;
    }
    boolean steady = System.nanoTime() - startedNanos > STEADY.toNanos();
    quickEnds = steady ? 0 : Math.min(quickEnds + 1, 16);
    long wait = FIRST_BACK_OFF.toNanos() << Math.max(0, quickEnds - 1);
    notBefore = System.nanoTime() + Math.min(wait, LONGEST_BACK_OFF.toNanos());
    state = waiting("CrashLoopBackOff", "exit code " + code + ", see the container's log");
  }

  /** Ends the process for good. */
  void stop(Duration grace) throws InterruptedException {
    finished = true;
    ContainerProcess child = process;
    if (child != null) {
      child.stop(grace);
      process = null;
      state =
          new ContainerStateBuilder()
              .withNewTerminated()
              .withExitCode(child.exitCode())
              .withReason("Completed")
              .withStartedAt(startedAt)
              .withFinishedAt(time())
              .endTerminated()
              .build();
    }
  }

  boolean started() {
    return process != null && (startup == null || startup.passing());
  }

  boolean ready() {
    return started() && (readiness == null || readiness.passing());
  }

  /** Ended, and not to be started again. */
  boolean finished() {
    return finished;
  }

  boolean succeeded() {
    return finished && state.getTerminated() != null && state.getTerminated().getExitCode() == 0;
  }

  ContainerStatus status() {
    ContainerProcess child = process;
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withContainerID(child == null ? "" : "process://" + child.pid())
        .withReady(ready())
        .withStarted(started())
        .withRestartCount(restarts)
        .withState(state)
        .withLastState(lastState)
        .build();
  }

  private static ContainerState waiting(String reason, @Nullable String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  static String time() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
