package io.tas.dbhub.worker.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One Lease in Kubernetes, as one of those who want it sees it. A holder is taken for dead when the
 * Lease did not change for as long as it lasts, measured here: clocks of machines are never
 * compared, so one that is wrong neither robs a leader nor keeps a dead one. Every write names the
 * version it replaces, so of two who take it at once one fails. Not thread-safe.
 */
final class LeaseClaim {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient kubernetes;
  private final ResourceRef lease;
  private final String identity;
  private final Duration lasts;
  private final LongSupplier nanoTime;
  private @Nullable Lease seen;
  private long seenAt;

  LeaseClaim(
      KubernetesClient kubernetes,
      ResourceRef lease,
      String identity,
      Duration lasts,
      LongSupplier nanoTime) {
    this.kubernetes = kubernetes;
    this.lease = lease;
    this.identity = identity;
    this.lasts = lasts;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes the Lease where it is free and renews it where it is ours; answers whether it is ours.
   *
   * @throws KubernetesClientException when that is not known: the write may have been done
   */
  boolean claim() {
    Lease known = seen;
    if (known != null && ours(known)) {
      try {
        return write(renewed(known));
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) {
          throw e;
        }
        // Somebody else wrote it, or we did and the answer was lost.
      }
    }
    Lease current = read();
    if (current == null) {
      return created();
    }
    if (ours(current)) {
      return written(renewed(current));
    }
    return expiresIn().isZero() && written(taken(current));
  }

  /** Gives the Lease back, so that nobody has to wait for it to expire. */
  void release() {
    Lease known = seen;
    if (known != null && ours(known)) {
      seen = null;
      kubernetes
          .resource(
              new LeaseBuilder(known)
                  .editSpec()
                  .withHolderIdentity(null)
                  .withRenewTime(now())
                  .endSpec()
                  .build())
          .update();
    }
  }

  /** Who holds it, as it was last seen; empty: nobody. */
  String holder() {
    Lease known = seen;
    return known == null ? "" : holder(known);
  }

  /** How long until it may be taken from a holder that stays silent; zero: now. */
  Duration expiresIn() {
    Lease known = seen;
    if (known == null || holder(known).isEmpty()) {
      return Duration.ZERO;
    }
    Integer seconds = known.getSpec().getLeaseDurationSeconds();
    Duration left =
        (seconds == null ? lasts : Duration.ofSeconds(seconds))
            .minusNanos(nanoTime.getAsLong() - seenAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private @Nullable Lease read() {
    Lease found = kubernetes.leases().inNamespace(lease.namespace()).withName(lease.name()).get();
    see(found);
    return found;
  }

  private void see(@Nullable Lease found) {
    Lease before = seen;
    if (before == null || found == null || !version(before).equals(version(found))) {
      seenAt = nanoTime.getAsLong();
    }
    seen = found;
  }

  private boolean created() {
    Lease fresh =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(lease.namespace())
            .withName(lease.name())
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(identity)
            .withLeaseDurationSeconds(seconds())
            .withAcquireTime(now())
            .withRenewTime(now())
            .withLeaseTransitions(0)
            .endSpec()
            .build();
    try {
      see(kubernetes.resource(fresh).create());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** Answers whether it was not changed meanwhile. */
  private boolean written(Lease wanted) {
    try {
      return write(wanted);
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private boolean write(Lease wanted) {
    see(kubernetes.resource(wanted).update());
    return true;
  }

  private Lease renewed(Lease held) {
    return new LeaseBuilder(held).editSpec().withRenewTime(now()).endSpec().build();
  }

  private Lease taken(Lease free) {
    LeaseSpec spec = free.getSpec();
    Integer transitions = spec == null ? null : spec.getLeaseTransitions();
    return new LeaseBuilder(free)
        .editOrNewSpec()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds(seconds())
        .withAcquireTime(now())
        .withRenewTime(now())
        .withLeaseTransitions(transitions == null ? 1 : transitions + 1)
        .endSpec()
        .build();
  }

  /** No less than it lasts: the others must not take it from a holder that still leads. */
  private int seconds() {
    return (int) lasts.plusNanos(999_999_999).toSeconds();
  }

  private boolean ours(Lease held) {
    return holder(held).equals(identity);
  }

  private static String holder(Lease held) {
    LeaseSpec spec = held.getSpec();
    return spec == null ? "" : Objects.requireNonNullElse(spec.getHolderIdentity(), "");
  }

  private static String version(Lease held) {
    return String.valueOf(held.getMetadata().getResourceVersion());
  }

  /** For people to read; nobody decides by it. */
  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }
}
