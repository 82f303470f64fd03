package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.names.Reasons;
import java.time.Duration;
import java.time.Instant;

/**
 * What a probe means. Damped both ways, so that a flapping target does not flap: several failures
 * make Connected Failed, several successes make it Connected again. The first probe of a
 * connection, or of a changed one, is believed at once.
 */
public final class HealthJudge {
  private static final int LONGEST_BACKOFF = 10;

  private HealthJudge() {}

  /**
   * What is known after a probe.
   *
   * @param changed the connection may be another than the one last judged
   * @param generation of the resource that was probed
   */
  public static HealthState judge(
      HealthState before, HealthPolicy policy, boolean changed, long generation, Diagnosis found) {
    boolean fresh =
        changed || before.status() == DatabaseStatus.PENDING || before.generation() != generation;
    boolean slow = found.reachable() && found.durationMillis() > policy.slowAfter().toMillis();
    int failures = found.reachable() ? 0 : fresh ? 1 : before.failures() + 1;
    int successes = !found.reachable() || slow ? 0 : fresh ? 1 : before.successes() + 1;
    DatabaseStatus status = status(before, policy, fresh, found.reachable(), failures, successes);
    return before.found(
        status, message(status, policy, found, slow, successes), failures, successes, generation);
  }

  private static DatabaseStatus status(
      HealthState before,
      HealthPolicy policy,
      boolean fresh,
      boolean reachable,
      int failures,
      int successes) {
    if (!reachable) {
      boolean believed =
          fresh
              || before.status() == DatabaseStatus.FAILED
              || failures >= policy.failuresToFailed();
      return believed ? DatabaseStatus.FAILED : DatabaseStatus.DEGRADED;
    }
    if (successes == 0) {
      return DatabaseStatus.DEGRADED;
    }
    boolean believed =
        fresh
            || before.status() == DatabaseStatus.CONNECTED
            || successes >= policy.successesToConnected();
    return believed ? DatabaseStatus.CONNECTED : DatabaseStatus.DEGRADED;
  }

  private static String message(
      DatabaseStatus status, HealthPolicy policy, Diagnosis found, boolean slow, int successes) {
    if (status == DatabaseStatus.CONNECTED) {
      return "";
    }
    ConnectionError error = found.firstError();
    if (error != null) {
      return error.kind().wireName() + ": " + error.message() + " " + error.suggestion();
    }
    if (slow) {
      return "slow: the probe took longer than " + policy.slowAfter().toMillis() + " ms.";
    }
    return found.reachable()
        ? "recovering: %d of %d probes succeeded."
            .formatted(successes, policy.successesToConnected())
        : "unknown: the probe failed without a reason.";
  }

  /** The status in one word, for conditions, scripts and alerts. */
  public static String reason(HealthState state, Diagnosis found) {
    if (state.status() == DatabaseStatus.CONNECTED) {
      return Reasons.CONNECTED;
    }
    ConnectionError error = found.firstError();
    if (error != null) {
      return error.reasonOrKind();
    }
    if (!found.reachable()) {
      return ErrorKind.UNKNOWN.reason();
    }
    return state.successes() == 0 ? Reasons.SLOW : Reasons.RECOVERING;
  }

  /** Connected, or slow but answering: there is no hurry. */
  private static boolean settled(HealthState state) {
    return state.status() == DatabaseStatus.CONNECTED
        || (state.status() == DatabaseStatus.DEGRADED
            && state.failures() == 0
            && state.successes() == 0);
  }

  /** Time until the next probe. {@code random} in [0, 1) spreads it by the policy's jitter. */
  public static Duration nextDelay(HealthState state, HealthPolicy policy, double random) {
    Duration base = policy.interval();
    if (!settled(state)) {
      int doublings = Math.min(Math.max(state.failures() - 1, 0), LONGEST_BACKOFF);
      Duration backedOff = policy.retryInterval().multipliedBy(1L << doublings);
      base = backedOff.compareTo(policy.interval()) < 0 ? backedOff : policy.interval();
    }
    double spread = 1 + policy.jitter() * (2 * random - 1);
    return Duration.ofMillis(Math.max(1, Math.round(base.toMillis() * spread)));
  }

  /**
   * Time until the first probe of a monitor that goes on from what is known: anywhere within the
   * usual time, so that monitors which began together spread out.
   */
  public static Duration firstDelay(HealthState state, HealthPolicy policy, double random) {
    Duration longest = nextDelay(state, policy, 0.5);
    return Duration.ofMillis(Math.max(1, Math.round(longest.toMillis() * random)));
  }

  /** Whether a status that was written of one says all of the other. */
  public static boolean same(HealthState before, HealthState after) {
    return before.status() == after.status()
        && before.message().equals(after.message())
        && before.generation() == after.generation()
        && LoginFinding.same(before.login(), after.login());
  }

  /**
   * Whether the resource's status has to be written: phase, message, generation or the login's
   * rights changed, or its lastChecked lags too far. Every check would be a stream of writes to
   * etcd.
   */
  public static boolean worthWriting(
      HealthState before, HealthState after, HealthPolicy policy, Instant now) {
    return !same(before, after)
        || now.toEpochMilli() - before.statusWrittenAtMillis() >= policy.statusRefresh().toMillis();
  }
}
