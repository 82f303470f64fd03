package io.tas.dbhub.workflows.health;

import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.AdoptedNodes;
import io.tas.dbhub.core.adoption.Adoption;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.adoption.ManifestReading;
import io.tas.dbhub.core.adoption.Manifests;
import io.tas.dbhub.core.adoption.ReleaseDatabase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.Reasons;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.tas.dbhub.core.rotate.ServingChecks;
import io.tas.dbhub.workflows.instance.Instances;
import io.tas.dbhub.workflows.steps.ActivityOptionSets;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the inventory follow a Database resource made by hand: a node while its labels ask for one
 * and its Namespace allows it, none otherwise. A resource that asks for nothing costs nothing here,
 * and a history from before there were claims holds none.
 */
final class ManifestFollower {
  private final ResourceRef resource;
  private final boolean byHand;
  private final Manifests manifests =
      Workflow.newActivityStub(
          Manifests.class, ActivityOptionSets.adoption(TaskQueues.KUBERNETES, "Read manifest"));
  private final AdoptedNodes nodes =
      Workflow.newActivityStub(
          AdoptedNodes.class, ActivityOptionSets.adoption(TaskQueues.INVENTORY, "Adopt"));
  private final AdoptedNodes leaving =
      Workflow.newActivityStub(AdoptedNodes.class, ActivityOptionSets.record(TaskQueues.INVENTORY));
  private final ServingChecks serving =
      Workflow.newActivityStub(
          ServingChecks.class, ActivityOptionSets.adoption(TaskQueues.INVENTORY, "Find servers"));

  private @Nullable Adoption adoption;

  /** Whether the last time it could not be done. */
  private boolean behind;

  ManifestFollower(MonitorRequest request) {
    this.resource = request.resource();
    this.byHand = request.database() == null;
    this.adoption = request.adoption();
  }

  /** What the next run has to know; null where the resource asks for nothing. */
  @Nullable Adoption adoption() {
    return adoption;
  }

  /** For the resource's status; null where it asks for nothing. */
  @Nullable AdoptionResult result() {
    return adoption == null ? null : adoption.result();
  }

  /** The node; null where there is none. */
  @Nullable DatabaseRef node() {
    return adoption != null && adoption.adopted() ? adoption.claim().database() : null;
  }

  /**
   * Whether to look again soon, also at a resource that is set aside: the cure of what was refused
   * is somebody else's, and what could not be done is still to do.
   */
  boolean unsettled() {
    return behind || (adoption != null && !adoption.adopted());
  }

  /**
   * Never fails: what cannot be done now is told, and done at a later check.
   *
   * @param said what the resource asked for when it was probed
   * @param refresh after which one makes sure of a node that is there
   * @return whether there is something new to tell
   */
  boolean follow(@Nullable Claim said, Duration refresh) {
    Claim claim = byHand ? said : null;
    Adoption before = adoption;
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    boolean settled = before == null ? claim == null : holds(before, claim, now, refresh);
    if (settled && !behind) {
      return false;
    }
    AdoptionResult told = result();
    try {
      if (claim == null) {
        release();
      } else {
        decide(claim, now);
      }
      behind = false;
    } catch (ActivityFailure unavailable) {
      behind = true;
      if (adoption == null && claim != null) {
        refuse(
            claim,
            now,
            AdoptionResult.refused(
                Reasons.UNDECIDED, "It could not be decided or written down; it is tried again."));
      }
    }
    return !Objects.equals(told, result());
  }

  /** The resource is gone, and takes its node with it; tried until that is done. */
  void letGo() {
    DatabaseRef node = maybeThere();
    adoption = null;
    if (node != null) {
      leaving.release(new ReleaseDatabase(node, resource));
    }
  }

  private static boolean holds(
      Adoption before, @Nullable Claim claim, Instant now, Duration refresh) {
    return claim != null && before.holds(claim, now, refresh);
  }

  private void decide(Claim claim, Instant now) {
    ManifestReading reading = manifests.readManifest(resource);
    AdoptDatabase wanted = reading.wanted();
    if (wanted == null || !wanted.definition().id().equals(claim.database().id())) {
      AdoptionResult refusal = reading.refusal();
      giveUp(claim);
      if (refusal != null) {
        refuse(claim, now, refusal);
      }
      return;
    }
    // Read later than the claim: this is what counts.
    DatabaseRef ref = wanted.definition().ref();
    boolean there = ref.equals(node());
    if (!there) {
      release();
    }
    try {
      nodes.adopt(wanted.again(there));
    } catch (ActivityFailure failure) {
      AdoptionResult refusal = refusal(Failures.typeOf(failure), wanted.definition());
      if (refusal == null) {
        throw failure;
      }
      giveUp(claim);
      refuse(claim, now, refusal);
      return;
    }
    adoption =
        new Adoption(
            new Claim(ref, claim.fingerprint()), adopted(wanted.definition()), now.toEpochMilli());
    // Nor is it known whether they were told when something failed.
    if (!there || behind) {
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.TENANT.valueSet(ref.scope().tenantId()),
          SearchAttributes.SPACE.valueSet(ref.scope().spaceId()),
          SearchAttributes.DATABASE.valueSet(ref.id()));
      // They serve it already, maybe, and could not say so of what nobody knew.
      serving.findInstances(resource.namespace()).instances().forEach(Instances::changed);
    }
  }

  /** Of what could not be decided the answer may have been lost, and not the call. */
  private @Nullable DatabaseRef maybeThere() {
    return adoption != null
            && (adoption.adopted() || Reasons.UNDECIDED.equals(adoption.result().reason()))
        ? adoption.claim().database()
        : null;
  }

  private void release() {
    DatabaseRef node = maybeThere();
    if (node != null) {
      nodes.release(new ReleaseDatabase(node, resource));
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.TENANT.valueUnset(),
          SearchAttributes.SPACE.valueUnset(),
          SearchAttributes.DATABASE.valueUnset());
    }
    adoption = null;
  }

  /** Also what a monitor that was terminated may have left. */
  private void giveUp(Claim claim) {
    if (adoption == null) {
      nodes.release(new ReleaseDatabase(claim.database(), resource));
    }
    release();
  }

  private void refuse(Claim claim, Instant now, AdoptionResult refusal) {
    adoption = new Adoption(claim, refusal, now.toEpochMilli());
  }

  private static AdoptionResult adopted(DatabaseDefinition definition) {
    Scope scope = definition.scope();
    return new AdoptionResult(
        true,
        Reasons.ADOPTED,
        "Listed for tenant %s, space %s as '%s'."
            .formatted(scope.tenantId(), scope.spaceId(), definition.name()));
  }

  private static @Nullable AdoptionResult refusal(FailureType type, DatabaseDefinition wanted) {
    if (type == FailureType.NAME_TAKEN) {
      return AdoptionResult.refused(
          Reasons.NAME_TAKEN,
          "Another database of tenant %s, space %s has the name '%s'."
                  .formatted(wanted.scope().tenantId(), wanted.scope().spaceId(), wanted.name())
              + " Give this one another with the annotation "
              + Kubernetes.DISPLAY_NAME
              + ".");
    }
    return type == FailureType.INVALID
        ? AdoptionResult.refused(
            Reasons.ID_TAKEN,
            "The inventory still has the resource's uid for another one. It is tried again.")
        : null;
  }
}
